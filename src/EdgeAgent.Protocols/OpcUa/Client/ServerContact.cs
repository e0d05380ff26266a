using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Everything from an address to an active session, within one deadline.</summary>
internal sealed class ServerContact(OpcUaAddress address, OpcUaClientOptions options, IUaLinkSource links, TimeProvider time, ConnectionCounters counters, CallPool pool)
    : IDisposable
{
    private static readonly TimeSpan s_leaving = TimeSpan.FromSeconds(1);

    private readonly ConnectionTiming _timing = new(
        TimeSpan.FromMilliseconds(options.RequestTimeoutMs), TimeSpan.FromMilliseconds(options.KeepAliveMs), TimeSpan.FromMilliseconds(options.ChannelLifetimeMs));

    private ChannelOpening? _opening;
    private string _stage = "";

    // Kept between connections: a server is asked for its endpoints once, and again when what it said has stopped working.
    private EndpointChoice? _choice;

    private OwnCertificate? _own;
    private PeerCertificate? _server;

    public OpcUaAddress Address => address;

    public void Dispose()
    {
        _own?.Dispose();
        _server?.Dispose();
        _own = null;
        _server = null;
    }

    /// <param name="former">The session to be continued, if this server has one of ours.</param>
    /// <param name="formerFacts">What is known of that session.</param>
    /// <exception cref="OpcUaConnectException">It did not come about.</exception>
    public async Task<Established> EstablishAsync(UaSession? former, SessionFacts formerFacts, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.ConnectTimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        bool wasKnown = _choice is not null;
        try
        {
            return await EstablishWithinAsync(former, formerFacts, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new OpcUaConnectException($"{address}: no answer within {options.ConnectTimeoutMs} ms while {_opening?.Stage ?? _stage}; "
                + ConnectAdvice.For(StatusCodes.BadTimeout), StatusCodes.BadTimeout);
        }
        catch (OpcUaConnectException) when (wasKnown)
        {
            _choice = null;
            throw;
        }
        catch (Exception failure) when (failure is not (OpcUaConnectException or OperationCanceledException))
        {
            // Nobody must stop trying because of one thing that nobody thought of.
            throw new OpcUaConnectException($"{address}: {_stage} failed: {failure.Message}", StatusCodes.BadUnexpectedError, failure);
        }
    }

    private async Task<Established> EstablishWithinAsync(UaSession? former, SessionFacts formerFacts, CancellationToken cancellation)
    {
        UaConnection? connection = null;
        try
        {
            if (_choice is null)
            {
                connection = await OpenAsync(ChannelTerms.Open(address), cancellation).ConfigureAwait(false);
                _stage = "asking for the server's endpoints";
                _choice = EndpointChoice.Make(address, options, await FindEndpointsAsync(connection, cancellation).ConfigureAwait(false));
            }
            ChannelTerms terms = Terms(_choice);
            if (connection is not null && !terms.Policy.IsNone)
            {
                await connection.LeaveAsync(s_leaving).ConfigureAwait(false);
                connection = null;
            }
            connection ??= await OpenAsync(terms, cancellation).ConfigureAwait(false);
            Established established = await OpenSessionAsync(connection, terms, _choice, former, formerFacts, cancellation).ConfigureAwait(false);
            connection.HasActiveSession = true;
            connection = null;
            return established;
        }
        catch (OpcUaConnectException) when (cancellation.IsCancellationRequested)
        {
            // The step failed because the time for all of them is over.
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            connection?.Close(StatusCodes.BadConnectionClosed, "the session did not come about");
        }
    }

    private async Task<UaConnection> OpenAsync(ChannelTerms terms, CancellationToken cancellation)
    {
        _opening = new ChannelOpening(terms, links, _timing, time);
        OpenedChannel opened = await _opening.OpenAsync(cancellation).ConfigureAwait(false);
        _opening = null;
        var connection = new UaConnection(opened, _timing, time, counters, pool, options.Trace);
        connection.Start();
        return connection;
    }

    private async Task<IReadOnlyList<EndpointDescription>> FindEndpointsAsync(UaConnection connection, CancellationToken cancellation)
    {
        var exchange = new RareExchange<GetEndpointsResponse>(
            (target, header) => new GetEndpointsRequest(header, address.Url, null, null).Write(target), GetEndpointsResponse.TryRead, static response => response.Header);
        StatusCode status = await connection.CallAsync(exchange, _timing.Request, cancellation).ConfigureAwait(false);
        return status.IsBad
            ? throw new OpcUaConnectException($"{address}: asking for the server's endpoints failed: {status}; {ConnectAdvice.For(status)}", status)
            : exchange.Response!.Endpoints ?? [];
    }

    /// <summary>With the certificates that the channel or the user's proof needs; the server's is judged anew each time.</summary>
    private ChannelTerms Terms(EndpointChoice choice)
    {
        if (!choice.NeedsCertificates(options.Identity))
        {
            return new ChannelTerms(address, choice.Policy, options.SecurityMode, null, null);
        }
        _stage = "checking the server's certificate";
        byte[] chain = choice.Endpoint.ServerCertificate ?? [];
        _server?.Dispose();
        _server = ServerTrust.Accept(address, options, choice, chain);
        if (!choice.Policy.IsNone)
        {
            // Asked for each time, because it may have been renewed.
            _own?.Dispose();
            _own = ServerTrust.Own(address, options);
        }
        return new ChannelTerms(address, choice.Policy, options.SecurityMode, _own, _server);
    }

    private async Task<Established> OpenSessionAsync(
        UaConnection connection, ChannelTerms terms, EndpointChoice choice, UaSession? former, SessionFacts formerFacts, CancellationToken cancellation)
    {
        var opening = new SessionOpening(connection, terms, choice, options);
        if (former is not null && former.Address == address && IsSameServer(former, terms))
        {
            _stage = "continuing the session";
            StatusCode continued = await opening.ActivateAsync(former, cancellation).ConfigureAwait(false);
            if (!continued.IsBad)
            {
                return new Established(connection, former, address, IsContinued: true, formerFacts);
            }
            if (continued.Value is StatusCodes.BadConnectionClosed or StatusCodes.BadTimeout or StatusCodes.BadRequestCancelledByClient)
            {
                throw opening.Failed(_stage, continued);
            }
            connection.AuthenticationToken = default;
        }
        _stage = "creating a session";
        UaSession session = await opening.CreateAsync(cancellation).ConfigureAwait(false);
        _stage = "activating the session";
        StatusCode activated = await opening.ActivateAsync(session, cancellation).ConfigureAwait(false);
        if (activated.IsBad)
        {
            throw opening.Failed(_stage, activated);
        }
        _stage = "reading the server's namespaces";
        (SessionFacts? facts, StatusCode read) = await SessionFactsReading.ReadAsync(connection, _timing.Request, cancellation).ConfigureAwait(false);
        return facts is null ? throw opening.Failed(_stage, read) : new Established(connection, session, address, IsContinued: false, facts);
    }

    // Continuing a session brings no list of endpoints to compare, so it must not be what makes the security weaker.
    private static bool IsSameServer(UaSession session, ChannelTerms terms) => session.Policy == terms.Policy
        && (session.ServerCertificate is null || (terms.Server is { } server && server.Der.Span.SequenceEqual(session.ServerCertificate)));
}
