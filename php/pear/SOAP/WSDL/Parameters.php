<?php
/**
 * Brings the parameters of a call into the order and the names that the WSDL demands.
 */

final class SOAP_WSDL_Parameters
{
    /** @return array|string the parameters as SOAP_Values by name, or what is wrong with them */
    public static function sort(SOAP_WSDL $wsdl, array $parts, array $given)
    {
        $sorted = array();
        foreach ($parts as $name => $part) {
            $prefix = '';
            if (isset($part['element'])) {
                $prefix = '{' . ($wsdl->namespaces[$part['namespace']] ?? '') . '}';
                $part = $wsdl->elements[$part['namespace']][$part['type']] ?? $part;
                $name = $part['name'];
            }
            if (!isset($given[$name]) && !$wsdl->getDataHandler($name, $part['namespace'])) {
                return "The named parameter $name is not in the call parameters.";
            }
            $value = $given[$name] ?? null;
            $sorted[$name] = $value instanceof SOAP_Value ? $value
                : new SOAP_Value($prefix . $name, self::type($wsdl, $part), $value);
        }
        return $sorted;
    }

    private static function type(SOAP_WSDL $wsdl, array $part)
    {
        $type = new QName($part['type'] ?? '');
        $prefix = $type->ns ? $type->ns : ($part['namespace'] ?? '');
        $type->namespace = $wsdl->namespaces[$prefix] ?? null;
        return $type->fqn();
    }
}
