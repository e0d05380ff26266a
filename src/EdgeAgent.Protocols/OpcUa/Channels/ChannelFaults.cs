namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>The status code that stands for a fault of a channel.</summary>
internal static class ChannelFaults
{
    public static StatusCode ToStatus(this ChannelFault fault) => fault switch
    {
        ChannelFault.None => StatusCodes.Good,
        ChannelFault.Malformed => StatusCodes.BadDecodingError,
        ChannelFault.PolicyMismatch => StatusCodes.BadSecurityPolicyRejected,
        ChannelFault.ChannelIdInvalid => StatusCodes.BadTcpSecureChannelUnknown,
        ChannelFault.TokenUnknown or ChannelFault.TokenExpired => StatusCodes.BadSecureChannelTokenUnknown,
        ChannelFault.SequenceNumberInvalid => StatusCodes.BadSequenceNumberInvalid,
        ChannelFault.NonceInvalid => StatusCodes.BadNonceInvalid,
        ChannelFault.MessageTooLarge => StatusCodes.BadRequestTooLarge,
        ChannelFault.OpenRefused or ChannelFault.OpenInvalid => StatusCodes.BadSecureChannelClosed,
        _ => StatusCodes.BadSecurityChecksFailed,
    };
}
