<?php
/** Answers with those headers of the request that begin with `X-`, in the order of their names. */

$own = array_filter($_SERVER, static fn ($name) => str_starts_with($name, 'HTTP_X_'), ARRAY_FILTER_USE_KEY);
ksort($own);
$text = implode(' ', array_map(static fn ($name, $value) => substr($name, 7) . "=$value", array_keys($own), $own));
header('Content-Type: text/xml; charset=utf-8');
echo '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
    . ' xmlns:x="http://www.w3.org/2001/XMLSchema"><e:Body><r><return i:type="x:string">' . $text . '</return></r></e:Body></e:Envelope>';
