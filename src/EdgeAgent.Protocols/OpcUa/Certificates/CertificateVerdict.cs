namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>Whether a server's certificate is accepted, and if not, why in words.</summary>
public readonly record struct CertificateVerdict(StatusCode Status, string Reason)
{
    public static readonly CertificateVerdict Accepted = new(StatusCodes.Good, "");

    public bool IsAccepted => !Status.IsBad;
}
