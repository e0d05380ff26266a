using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// Loads the certificates of <see cref="MqttTlsOptions"/> and judges the broker's. Loaded anew for each connection, so
/// that renewed files are taken up without a restart.
/// </summary>
internal sealed class TlsIdentity : IDisposable
{
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _own;
    private readonly byte[]? _pin;
    private readonly string? _serverName;

    public TlsIdentity(MqttTlsOptions options)
    {
        _serverName = options.ServerName;
        if (options.PinnedSha256 != null && MqttTlsOptions.TryParsePin(options.PinnedSha256, out byte[] pin))
        {
            _pin = pin;
        }
        if (options.CaFile != null)
        {
            _authorities = [];
            _authorities.ImportFromPemFile(options.CaFile);
        }
        if (options.CertificateFile != null)
        {
            _own = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        }
    }

    /// <summary>Why the broker's certificate was not accepted.</summary>
    public string? Problem { get; private set; }

    public SslClientAuthenticationOptions OptionsFor(string host) => new()
    {
        TargetHost = _serverName ?? host,
        ClientCertificates = _own == null ? null : [_own],
        LocalCertificateSelectionCallback = _own == null ? null : (_, _, _, _, _) => _own,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate as X509Certificate2, errors),
    };

    public void Dispose()
    {
        _own?.Dispose();
        foreach (X509Certificate2 authority in _authorities ?? [])
        {
            authority.Dispose();
        }
    }

    private bool IsTrusted(X509Certificate2? certificate, SslPolicyErrors errors)
    {
        Problem = certificate == null ? "the broker presented no certificate" : PinProblem(certificate) ?? ChainProblem(certificate, errors);
        return Problem == null;
    }

    private string? PinProblem(X509Certificate2 certificate)
    {
        byte[] hash = SHA256.HashData(certificate.RawDataMemory.Span);
        return _pin == null || hash.AsSpan().SequenceEqual(_pin) ? null
            : $"the broker's certificate has SHA-256 {Convert.ToHexStringLower(hash)}, which is not the pinned one; "
                + "pin the new one if the broker's certificate was renewed";
    }

    private string? ChainProblem(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if (_authorities == null)
        {
            return null;
        }
        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return $"the broker's certificate ({certificate.Subject}) is not made out to the name we connect to; "
                + "use a name from the certificate in the address, or set the server name";
        }
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain.Build(certificate))
        {
            return null;
        }
        string status = string.Join("; ", chain.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct());
        return $"the broker's certificate ({certificate.Subject}) was not signed by an authority of the CA file or is not valid now: {status}";
    }
}
