namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What somebody in front of the machine can do about a server's refusal.</summary>
internal static class ConnectAdvice
{
    public static string For(StatusCode status) => status.Code.Value switch
    {
        StatusCodes.BadCertificateUntrusted or StatusCodes.BadSecurityChecksFailed =>
            "the server does not trust this agent's certificate yet: accept it in the server's list of rejected clients (`edgeagent trust own` shows its thumbprint)",
        StatusCodes.BadCertificateTimeInvalid or StatusCodes.BadInvalidTimestamp => "compare the clocks of both machines",
        StatusCodes.BadCertificateInvalid or StatusCodes.BadCertificateUriInvalid or StatusCodes.BadCertificateUseNotAllowed =>
            "the server does not accept this agent's certificate; see the server's log",
        StatusCodes.BadSecurityPolicyRejected or StatusCodes.BadSecurityModeRejected => "choose a security policy and mode that the server offers",
        StatusCodes.BadTcpEndpointUrlInvalid => "the server does not know this address under its own endpoints: check host name and path",
        StatusCodes.BadTcpServerTooBusy or StatusCodes.BadTcpNotEnoughResources or StatusCodes.BadTooManySessions or StatusCodes.BadResourceUnavailable =>
            "the server has no place left: close other clients or raise its limit",
        StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadIdentityTokenRejected or StatusCodes.BadUserAccessDenied or StatusCodes.BadUserSignatureInvalid =>
            "check the user name, the password or the user certificate, and the user's rights in the server",
        StatusCodes.BadNonceInvalid or StatusCodes.BadApplicationSignatureInvalid => "the server did not prove its identity: make sure that nothing stands between it and this agent",
        StatusCodes.BadTimeout => "check the address, firewalls and whether the server runs",
        _ => "see the server's log",
    };
}
