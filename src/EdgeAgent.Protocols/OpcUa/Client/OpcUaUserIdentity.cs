using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Who uses a session.</summary>
public abstract record OpcUaUserIdentity
{
    private OpcUaUserIdentity()
    {
    }

    /// <summary>Nobody in particular.</summary>
    public sealed record Anonymous : OpcUaUserIdentity
    {
        public static readonly Anonymous Instance = new();
    }

    /// <summary>Somebody with a password.</summary>
    public sealed record UserName(string Name, string Password) : OpcUaUserIdentity
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => $"user {Name}";
    }

    /// <summary>The owner of a certificate with its RSA key.</summary>
    public sealed record Certificate(X509Certificate2 Own) : OpcUaUserIdentity
    {
        public override string ToString() => $"user certificate {Own.Thumbprint}";
    }
}
