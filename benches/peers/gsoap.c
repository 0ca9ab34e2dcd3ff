/* The peer in compiled C: `gsoap URL OPERATION COUNT` calls over one kept connection. It reads numbers of calls on its
 * input and prints for each how many items the last answer had. LITERAL selects the names that soapcpp2 gives to the
 * document/literal WSDL, whose lists hold structs; those of the rpc/encoded one hold pointers to them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soapH.h"
#include "Bench.nsmap"

static struct soap *soap;
static const char *url;
static int count;

#ifdef LITERAL
#define LIST(kind) struct b1__ListOf##kind
#define SIZE(list) (list)->__sizeitem
#define ITEMS(list) (list)->item
#define STRUCTS(list, size, type) ((list)->item = calloc(size, sizeof(type)))
#define AT(list, at) (&(list)->item[at])
#define GET(operation, size)                                                                                    \
    static int operation(void)                                                                                  \
    {                                                                                                           \
        struct _b1__##operation question;                                                                       \
        struct _b1__##operation##Response answer;                                                               \
        question.count = count;                                                                                 \
        if (soap_call___b1__##operation(soap, url, "urn:bench#" #operation, &question, &answer)) return -1;     \
        return size;                                                                                            \
    }
#else
#define LIST(kind) struct b1ListOf##kind
#define SIZE(list) (list)->__size
#define ITEMS(list) (list)->__ptr
#define STRUCTS(list, size, type) ((list)->__ptr = pointers(size, sizeof(type)))
#define AT(list, at) ((list)->__ptr[at])
#define GET(operation, size)                                                                                    \
    static int operation(void)                                                                                  \
    {                                                                                                           \
        struct b1__##operation##Response answer;                                                                \
        if (soap_call_b1__##operation(soap, url, "urn:bench#" #operation, count, &answer)) return -1;           \
        return size;                                                                                            \
    }
#endif

GET(getAccounts, SIZE(answer.result))
GET(getInts, SIZE(answer.result))
GET(getDoubles, SIZE(answer.result))
GET(getMesh, SIZE(answer.result))

#ifdef LITERAL
GET(ping, answer.result)
GET(getBinary, answer.result.__size)
#else
static int ping(void)
{
    int result = 0;
    return soap_call_b1__ping(soap, url, "urn:bench#ping", count, &result) ? -1 : result;
}

static int getBinary(void)
{
    struct xsd__base64Binary result;
    return soap_call_b1__getBinary(soap, url, "urn:bench#getBinary", count, &result) ? -1 : result.__size;
}
#endif

#ifndef LITERAL
static void *pointers(size_t count, size_t size)
{
    char **list = calloc(count, sizeof *list);
    char *items = calloc(count, size);
    for (size_t at = 0; at < count; at++) list[at] = items + at * size;
    return list;
}
#endif

static char *numbered(const char *format, int at)
{
    char text[64];
    snprintf(text, sizeof text, format, at);
    return strdup(text);
}

static void fill(struct b1__Account *account, int at)
{
    account->id = calloc(1, sizeof *account->id);
    account->id->username = numbered("user%d", at);
    account->id->domain = "example.com";
    account->firstName = "Grace";
    account->lastName = "Hopper";
    account->password = "s3cr3t";
    account->email = numbered("user%d@example.com", at);
    account->owner = 7;
    account->timezone = "Europe/Amsterdam";
    account->rpid = "31208005169";
    account->groups = calloc(1, sizeof *account->groups);
    SIZE(account->groups) = 2;
    ITEMS(account->groups) = calloc(2, sizeof(char *));
    ITEMS(account->groups)[0] = "free-pstn";
    ITEMS(account->groups)[1] = "anonymous";
    account->quota = 50;
    account->callLimit = 4;
    account->timeout = 7200;
    account->answerTimeout = 35;
    account->properties = calloc(1, sizeof *account->properties);
    SIZE(account->properties) = 2;
    STRUCTS(account->properties, 2, struct b1__Property);
    AT(account->properties, 0)->name = "language";
    AT(account->properties, 0)->value = "en";
    AT(account->properties, 1)->name = "mobile_number";
    AT(account->properties, 1)->value = "0031612345678";
    account->region = "";
    account->quickdialPrefix = "";
    account->createDate = "2026-01-02 03:04:05";
    account->changeDate = "2026-01-02 03:04:05";
    account->customer = "3";
    account->reseller = "2";
}

static LIST(Account) *accounts(void)
{
    static LIST(Account) *list;
    if (!list) {
        list = calloc(1, sizeof *list);
        SIZE(list) = count;
        STRUCTS(list, (size_t)count, struct b1__Account);
        for (int at = 0; at < count; at++) fill(AT(list, at), at);
    }
    return list;
}

static int setAccounts(void)
{
#ifdef LITERAL
    struct _b1__setAccounts question;
    struct _b1__setAccountsResponse answer;
    question.accounts = accounts();
    return soap_call___b1__setAccounts(soap, url, "urn:bench#setAccounts", &question, &answer) ? -1 : answer.result;
#else
    int result = 0;
    return soap_call_b1__setAccounts(soap, url, "urn:bench#setAccounts", accounts(), &result) ? -1 : result;
#endif
}

static const struct {
    const char *name;
    int (*call)(void);
} operations[] = {
    {"ping", ping},       {"getAccounts", getAccounts}, {"getInts", getInts},         {"getDoubles", getDoubles},
    {"getMesh", getMesh}, {"getBinary", getBinary},     {"setAccounts", setAccounts},
};

int main(int argc, char **argv)
{
    int (*call)(void) = NULL;
    int times;
    if (argc != 4) return 2;
    url = argv[1];
    count = atoi(argv[3]);
    for (size_t at = 0; at < sizeof operations / sizeof *operations; at++)
        if (!strcmp(operations[at].name, argv[2])) call = operations[at].call;
    if (!call) return 2;
    soap = soap_new1(SOAP_IO_KEEPALIVE | SOAP_C_UTFSTRING);
    soap->recv_maxlength = 0;
    if (!strcmp(argv[2], "setAccounts")) accounts();
    puts("ready");
    fflush(stdout);
    while (scanf("%d", &times) == 1) {
        int size = 0;
        while (times-- > 0) {
            soap_destroy(soap);
            soap_end(soap);
            if ((size = call()) < 0) {
                soap_print_fault(soap, stderr);
                return 1;
            }
        }
        printf("%d\n", size);
        fflush(stdout);
    }
    return 0;
}
