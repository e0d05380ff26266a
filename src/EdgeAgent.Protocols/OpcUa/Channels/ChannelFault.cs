namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>Why a chunk was refused; after any of these the channel cannot go on, except where it says so.</summary>
internal enum ChannelFault : byte
{
    None,
    Malformed,
    PolicyMismatch,
    CertificateMismatch,
    ThumbprintMismatch,
    DecryptionFailed,
    SignatureInvalid,
    PaddingInvalid,
    ChannelIdInvalid,
    TokenUnknown,
    TokenExpired,
    SequenceNumberInvalid,
    NonceInvalid,

    /// <summary>What we were to send is larger than the peer takes; nothing was written, the channel goes on.</summary>
    MessageTooLarge,

    /// <summary>The server answered the opening with a bad status.</summary>
    OpenRefused,

    /// <summary>The server opened with another mode or lifetime than the specification allows it to.</summary>
    OpenInvalid,
}
