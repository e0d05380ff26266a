using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Makes and activates sessions on an open channel (OPC 10000-4 §5.6), and checks that the server is who it was.</summary>
internal sealed class SessionOpening(UaConnection connection, ChannelTerms terms, EndpointChoice choice, OpcUaClientOptions options)
{
    // The least that the specification asks of a nonce of a session.
    private const int NonceBytes = 32;

    /// <exception cref="OpcUaConnectException">The server refused, or did not prove its identity.</exception>
    public async Task<UaSession> CreateAsync(CancellationToken cancellation)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        byte[]? certificate = terms.Own?.Der;
        var client = new ApplicationDescription(
            options.ApplicationUri, null, new LocalizedText(null, options.ApplicationName), ApplicationType.Client, null, null, null);
        var exchange = new RareExchange<CreateSessionResponse>(
            (target, header) => new CreateSessionRequest(
                header, client, null, terms.Address.Url, $"{options.ApplicationName} {Guid.NewGuid():N}", nonce, certificate, options.SessionTimeoutMs, 0).Write(target),
            CreateSessionResponse.TryRead,
            static response => response.Header);
        StatusCode status = await connection.CallAsync(exchange, Timeout, cancellation).ConfigureAwait(false);
        if (status.IsBad)
        {
            throw Failed("creating a session", status);
        }
        CreateSessionResponse response = exchange.Response!;
        Check(response, certificate, nonce);
        var session = new UaSession(
            terms.Address, response.SessionId, response.AuthenticationToken, TimeSpan.FromMilliseconds(response.RevisedTimeoutMs), terms.Policy,
            terms.Server?.Der.ToArray())
        {
            ServerNonce = response.ServerNonce ?? [],
        };
        connection.AuthenticationToken = session.AuthenticationToken;
        return session;
    }

    /// <summary>Gives a new session its user, or takes an old one over to this channel; a bad status says that the server will not.</summary>
    /// <exception cref="OpcUaConnectException">What the user is to prove cannot be sent, or the server did not prove its identity.</exception>
    public async Task<StatusCode> ActivateAsync(UaSession session, CancellationToken cancellation)
    {
        connection.AuthenticationToken = session.AuthenticationToken;
        byte[] serverCertificate = terms.Server?.Der.ToArray() ?? [];
        SignatureData signature = SessionSignature.Create(terms.Policy, terms.Own, serverCertificate, session.ServerNonce);
        UserProof proof = UserProof.Of(options, choice, terms, session.ServerNonce);
        var exchange = new RareExchange<ActivateSessionResponse>(
            (target, header) => new ActivateSessionRequest(header, signature, null, proof.Token, proof.Signature).Write(target),
            ActivateSessionResponse.TryRead,
            static response => response.Header);
        StatusCode status = await connection.CallAsync(exchange, Timeout, cancellation).ConfigureAwait(false);
        if (status.IsBad)
        {
            return status;
        }
        byte[] nonce = exchange.Response!.ServerNonce ?? [];
        if (!terms.Policy.IsNone && (nonce.Length < NonceBytes || nonce.AsSpan().SequenceEqual(session.ServerNonce)))
        {
            throw Failed("activating the session: the server's nonce is too short or an old one", StatusCodes.BadNonceInvalid);
        }
        session.ServerNonce = nonce;
        return StatusCodes.Good;
    }

    public OpcUaConnectException Failed(string what, StatusCode status) =>
        new($"{terms.Address}: {what} failed: {status}; {ConnectAdvice.For(status)}", status);

    private TimeSpan Timeout => TimeSpan.FromMilliseconds(options.RequestTimeoutMs);

    private void Check(CreateSessionResponse response, byte[]? certificate, byte[] nonce)
    {
        if (terms.Policy.IsNone)
        {
            return;
        }
        if (response.ServerNonce is not { Length: >= NonceBytes } serverNonce || serverNonce.AsSpan().SequenceEqual(nonce))
        {
            throw Failed("creating a session: the server's nonce is too short or our own", StatusCodes.BadNonceInvalid);
        }
        if (response.ServerCertificate is null || !response.ServerCertificate.AsSpan().StartsWith(terms.Server!.Der.Span))
        {
            throw Failed("creating a session: the session's certificate is not the channel's", StatusCodes.BadCertificateInvalid);
        }
        if (!SessionSignature.Verify(terms.Policy, terms.Server, certificate, nonce, response.Signature))
        {
            throw Failed("creating a session: the server's signature is wrong", StatusCodes.BadApplicationSignatureInvalid);
        }
        if (!EndpointComparison.AreSame(choice.All, response.Endpoints ?? []))
        {
            throw Failed("creating a session: the list of endpoints is another one than was found before, so that a weaker one may have been forced upon us",
                StatusCodes.BadSecurityChecksFailed);
        }
    }
}
