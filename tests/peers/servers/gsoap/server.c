// The service behind soapcpp2's code; prints its URL, ends with its standard input or after ten minutes.
#include "soapH.h"
#include "Registry.nsmap"
#include <poll.h>

int r__echo(struct soap *soap, struct r__Order *order, struct r__echoResponse *out)
{
    (void)soap;
    out->result = order;
    return SOAP_OK;
}

int r__twins(struct soap *soap, struct r__Order *order, struct r__twinsResponse *out)
{
    (void)soap;
    out->one = out->two = order;
    return SOAP_OK;
}

int r__add(struct soap *soap, int a, int b, int *result)
{
    (void)soap;
    *result = a + b;
    return SOAP_OK;
}

int r__fail(struct soap *soap, int code, int *result)
{
    (void)result;
    char text[40];
    snprintf(text, sizeof text, "code <%d>", code);
    return soap_sender_fault(soap, soap_strdup(soap, text), "<problem>at the sender</problem>");
}

int r__describe(struct soap *soap, struct r__Order *order, char **result)
{
    struct Lines *lines = &order->lines;
    char text[400];
    int length = snprintf(text, sizeof text, "%lld|%s|%.17g|%lld|%d|%d|%d", (long long)order->id,
        order->name ? order->name : "-", order->ratio, (long long)order->when, order->paid == true_,
        order->blob.__size, order->kind == gold);
    for (int i = 0; i < lines->__size && length < 300; i++)
        length += snprintf(text + length, sizeof text - length, "|%s*%d", lines->__ptrline[i].sku, lines->__ptrline[i].count);
    *result = soap_strdup(soap, text);
    return SOAP_OK;
}

int main(void)
{
    struct soap soap;
    soap_init2(&soap, SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE, SOAP_C_UTFSTRING | SOAP_IO_KEEPALIVE);
    soap.recv_timeout = 1;
    soap.accept_timeout = -100000; // in microseconds
    soap.bind_flags = SO_REUSEADDR;
    if (!soap_valid_socket(soap_bind(&soap, "127.0.0.1", 0, 10)))
        return 1;
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    getsockname(soap.master, (struct sockaddr *)&address, &size);
    printf("http://127.0.0.1:%d/\n", ntohs(address.sin_port));
    fflush(stdout);
    for (int turn = 0; turn < 6000; turn++) {
        struct pollfd input = {0, POLLIN, 0};
        if (poll(&input, 1, 0) > 0)
            break;
        if (!soap_valid_socket(soap_accept(&soap)))
            continue;
        soap_serve(&soap);
        soap_destroy(&soap);
        soap_end(&soap);
    }
    soap_done(&soap);
    return 0;
}
