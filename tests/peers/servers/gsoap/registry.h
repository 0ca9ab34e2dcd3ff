// The service for soapcpp2, which makes the WSDL and the C code; STYLE and ENCODING are set by the test.
//gsoap r service name: Registry
//gsoap r service style: STYLE
//gsoap r service encoding: ENCODING
//gsoap r service namespace: urn:peers:gsoap
//gsoap r schema namespace: urn:peers:gsoap
//gsoap r service location: http://127.0.0.1:1/

typedef char *xsd__string;
typedef int xsd__int;
typedef long long xsd__long;
typedef double xsd__double;
typedef time_t xsd__dateTime;
enum xsd__boolean { false_, true_ };
enum r__Kind { basic, gold };

struct xsd__base64Binary { unsigned char *__ptr; int __size; };

struct r__Line {
    xsd__string sku 1;
    xsd__int count 1;
};

struct Lines { struct r__Line *__ptrline; int __size; };

struct r__Order {
    xsd__long id 1;
    xsd__string name 0;
    xsd__double ratio 1;
    xsd__dateTime when 1;
    enum xsd__boolean paid 1;
    struct xsd__base64Binary blob 1;
    enum r__Kind kind 1;
    struct Lines lines 1;
    struct r__Order *parent 0;
};

struct r__echoResponse { struct r__Order *result; };
struct r__twinsResponse { struct r__Order *one; struct r__Order *two; };

int r__echo(struct r__Order *order, struct r__echoResponse *out);
int r__twins(struct r__Order *order, struct r__twinsResponse *out);
int r__add(xsd__int a, xsd__int b, xsd__int *result);
int r__fail(xsd__int code, xsd__int *result);
int r__describe(struct r__Order *order, xsd__string *result);
