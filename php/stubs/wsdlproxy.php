<?php
/**
 * The classes of the extension wsdlproxy, for editors and static analysers. Not to be loaded.
 */

namespace WsdlProxy;

/**
 * A port of a service; its methods are the port's operations.
 *
 * Arguments are scalars, arrays, objects with public properties, dates and backed enumerations, by position or by
 * name. Answers are scalars, lists and `stdClass` objects.
 */
class Proxy
{
    /**
     * @param string $wsdl    a URL, a path, or the document itself
     * @param array{
     *     port?: ?string,
     *     service?: ?string,
     *     auth?: null|array{username: string, password: string, impersonate?: int, admin?: bool},
     *     impersonate?: ?int,
     *     location?: null|string|array<string, string>,
     *     timeout?: null|int|float,
     *     connect_timeout?: null|int|float,
     *     verify?: bool|string,
     *     ca_file?: null|string|list<string>,
     *     client_cert?: null|string|array{0: string, 1: string},
     *     proxy?: null|bool|string,
     *     basic_auth?: null|array{0: string, 1: string},
     *     headers?: null|array<string, string>,
     *     cookies?: null|array<string, string>,
     *     user_agent?: ?string,
     *     keep_cookies?: bool,
     *     gzip?: bool,
     *     redirects?: int,
     *     strict?: bool,
     *     unknown?: 'skip'|'keep',
     *     trace?: bool|'full',
     *     soap_headers?: null|string|array|\DOMNode|\SimpleXMLElement|\SoapVar,
     *     structs?: 'object'|'array',
     *     dates?: 'string'|'object',
     *     content?: ?string,
     *     cache?: null|bool|string,
     *     max_age?: null|int|float,
     *     refresh?: bool,
     *     limits?: null|array{bytes?: int, depth?: int, nodes?: int, attributes?: int, documents?: int},
     * } $options
     *
     * @throws WSDLError the document is missing or malformed
     * @throws UsageError an option that does not exist or makes no sense
     * @throws PortError a port that does not exist or must be named
     * @throws TransportError
     */
    public function __construct(string $wsdl, array $options = [])
    {
    }

    /**
     * Calls an operation; its name counts as written, then without regard to case.
     *
     * @throws UnknownOperation
     * @throws EncodeError a value does not fit; nothing was sent
     * @throws Fault the server refused
     * @throws DecodeError the answer is not what SOAP or the WSDL says
     * @throws TransportError
     */
    public function __call(string $name, array $arguments): mixed
    {
    }

    /** Calls an operation whose name is no method name, or that of one of the methods here. */
    public function call(string $operation, mixed ...$arguments): mixed
    {
    }

    /** The request of a call, without sending it. */
    public function createMessage(string $operation, mixed ...$arguments): string
    {
    }

    /**
     * Calls an operation once for each item, several at a time. An item that is a list has the arguments by position,
     * an array with names of parameters those; anything else is the only argument.
     *
     * @param iterable    $arguments   items are taken when there is room for them, so a generator may be of any length
     * @param int         $concurrency requests in flight at once, 1 to 1024
     * @param bool        $ordered     results in the order of the items; else as they come
     * @param bool        $stopOnError take no more items after the first failure
     * @param int         $retry       how often a request is sent again, where that is safe
     * @param bool|null   $idempotent  whether it is safe after the server may have acted; by default for `get...` and alike
     * @param bool        $progress    show a line on the terminal
     */
    public function bulk(
        string $operation,
        iterable $arguments,
        int $concurrency = 16,
        bool $ordered = true,
        bool $stopOnError = false,
        int $retry = 0,
        ?bool $idempotent = null,
        bool $progress = false,
    ): Bulk {
    }

    /** Reads an answer that came some other way. */
    public function parseResponse(string $operation, string $content, ?string $contentType = null, int $status = 200): mixed
    {
    }

    /** Another proxy of the same WSDL, with these options over the ones given before. */
    public function withOptions(array $options): static
    {
    }

    /** The name of the port. */
    public function port(): string
    {
    }

    /** The name of the service that has the port. */
    public function service(): string
    {
    }

    /** Where calls go; credentials in it are masked. */
    public function location(): string
    {
    }

    /** @return list<string> such as `SipAccount getAccount(SipId $sipId)` */
    public function getFunctions(): array
    {
    }

    /** @return list<string> such as `struct SipId { ... }` */
    public function getTypes(): array
    {
    }

    /** The last request's XML with credentials hidden unless `trace` is `full`; null if it is off. */
    public function lastRequest(): ?string
    {
    }

    /** The last answer's body with credentials hidden unless `trace` is `full`; null if it is off. */
    public function lastResponse(): ?string
    {
    }

    /** @return null|array{url: string, status: ?int, request: array<string, string>, response: array<string, string>, soap: mixed} */
    public function lastHeaders(): ?array
    {
    }

    public function __debugInfo(): array
    {
    }
}

/**
 * A run of many calls, for one `foreach`. Each result is a value or the exception, under the key of its item. The
 * counters can be asked at any time, by the generator of the items too.
 *
 * @implements \Iterator<mixed, mixed>
 */
final class Bulk implements \Iterator, \Stringable
{
    /** The result: a value, or the exception. */
    public function current(): mixed
    {
    }

    /** The key of the item that the result belongs to. */
    public function key(): mixed
    {
    }

    public function next(): void
    {
    }

    public function valid(): bool
    {
    }

    public function rewind(): void
    {
    }

    /** The counters in words. */
    public function __toString(): string
    {
    }

    /** The item that the result belongs to. */
    public function arguments(): mixed
    {
    }

    /** Gives up what is in flight; the server may have acted on it. Results that are there can still be read. */
    public function close(): void
    {
    }

    /** Items whose request was sent. */
    public function sent(): int
    {
    }

    /** Results that were values. */
    public function done(): int
    {
    }

    /** Results that were exceptions. */
    public function failed(): int
    {
    }

    /** Requests that were sent again. */
    public function retried(): int
    {
    }

    /** Items that the server may or may not have acted on: no answer came. */
    public function unknown(): int
    {
    }
}

/** A WSDL to look into, and to make proxies from. */
class Definition
{
    /** @param array<string, mixed> $options the options of `Proxy` */
    public function __construct(string $wsdl, array $options = [])
    {
    }

    public static function load(string $wsdl, array $options = []): static
    {
    }

    /** @return array<string, list<string>> from a service to its ports */
    public function services(): array
    {
    }

    /** @return array<string, array{service: string, location: string, soap: string, operations: int, documentation: string}> */
    public function ports(): array
    {
    }

    /** @return array<string, array<string, mixed>> from an operation to its parameters, result, faults, style */
    public function operations(?string $port = null): array
    {
    }

    /** @return array<string, string> from `{namespace}name` to a definition */
    public function types(): array
    {
    }

    /** @return list<string> what was forgiven while loading */
    public function warnings(): array
    {
    }

    public function proxy(?string $port = null, array $options = []): Proxy
    {
    }

    /** PHP source with a class for each port and each struct, for editors. */
    public function stubs(?string $namespace = null): string
    {
    }

    public function __debugInfo(): array
    {
    }
}

/** Above all exceptions of this extension. */
class Error extends \Exception
{
}

/** The WSDL or one of its schemas is missing, malformed or contradictory. */
class WSDLError extends Error
{
    protected ?string $document = null;
    protected ?array $position = null;

    public function getDocument(): ?string
    {
    }

    /** @return null|array{byte: int, line: int, column: int} */
    public function getPosition(): ?array
    {
    }
}

/** An option that does not exist or has a value that makes no sense. */
class UsageError extends Error
{
}

/** A name that is no option; the message has the nearest one. */
class UnknownOption extends UsageError
{
}

/** A service or port that the WSDL does not have or that must be named; credentials it has no place for. */
class PortError extends UsageError
{
}

/** A name that no operation of the port has; the message has the nearest one. */
class UnknownOperation extends UsageError
{
}

/** A value does not fit the type it is to be sent as. Nothing was sent. */
class EncodeError extends Error
{
    protected string $path = '';

    /** Where in the arguments: `account.contacts[2].port`. */
    public function getPath(): string
    {
    }
}

/** An answer is not what SOAP or the WSDL says, or it exceeds a limit. */
class DecodeError extends Error
{
    protected string $path = '';
    protected ?array $position = null;

    /** Where in the answer: `return.accounts[3].id`. */
    public function getPath(): string
    {
    }

    /** @return null|array{byte: int, line: int, column: int} */
    public function getPosition(): ?array
    {
    }
}

/** The server answered with a SOAP fault. The members have the names of ext/soap's `SoapFault`. */
class Fault extends Error
{
    public string $faultcode = '';
    public string $faultstring = '';
    public ?string $faultactor = null;
    /** The decoded detail: its entries by name, a text, or null. */
    public mixed $detail = null;
    /** The name of the fault in the WSDL, if it is one of those declared. */
    public ?string $name = null;
    /** @var list<string> the further codes of SOAP 1.2, outermost first */
    public ?array $subcodes = null;
}

/** The request did not get through, or no answer came back. */
class TransportError extends Error
{
    /** False if it is certain that nothing of the request was sent; else the server may have acted on it. */
    public bool $sent = true;
}

/** A time limit passed. The server may have acted on the request. */
class Timeout extends TransportError
{
}

/** No connection, or it was lost. */
class ConnectionError extends TransportError
{
}

/** The TLS handshake or the verification of the certificate failed. */
class TLSError extends TransportError
{
}

/** The server answered with a status or a content that is not SOAP. */
class HTTPError extends TransportError
{
    public ?int $status = null;
    public ?string $contentType = null;
    /** The first bytes of the body. */
    public string $body = '';
}

/** A server answered with something else where the WSDL or one of its schemas should be. */
class DocumentError extends HTTPError
{
}
