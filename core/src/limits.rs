//! What an answer or a document may cost before it is refused.

/// Fixed bounds on input. Each default is far above what real services send and far below what hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one body or document after decompression. Default 512 MiB.
    pub bytes: usize,
    /// Depth of nested elements. Default 256.
    pub depth: u32,
    /// Elements plus attributes of one document, and values copied for repeated references. Default 50 million.
    pub nodes: u64,
    /// Attributes (namespace declarations included) of one element. Default 1024.
    pub attributes: u32,
    /// Documents that one WSDL may import. Default 1000.
    pub documents: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 512 << 20, depth: 256, nodes: 50_000_000, attributes: 1024, documents: 1000 }
    }
}
