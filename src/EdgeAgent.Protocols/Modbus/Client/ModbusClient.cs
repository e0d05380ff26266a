using System.Net.Sockets;
using EdgeAgent.Protocols.Modbus.Client.DialIn;
using EdgeAgent.Protocols.Modbus.Client.Links;
using EdgeAgent.Protocols.Modbus.Client.Sessions;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>Reads from the units behind one connection. It does not reconnect by itself: when and how often is for its owner.</summary>
/// <remarks>
/// Any thread may call it, also several at once; requests wait their turn. What follows an await runs on the thread that
/// received the answer, which serves other connections too: never block there; to do long work, leave it first
/// (<c>await Task.Yield()</c>). Requests allocate nothing once the client has warmed up.
/// </remarks>
public sealed class ModbusClient : IAsyncDisposable
{
    private readonly ModbusClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientCounters _counters = new();
    private readonly RequestPool _pool = new();
    private readonly LinkSource _links;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile ModbusConnection? _connection;
    private IModbusTrace? _trace;

    public ModbusClient(ModbusClientOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _time = time;
        _links = options.Transport switch
        {
            ModbusListenTransport listen => new DialInLinkSource(listen, () => _connection?.Close("the device dialled in again"), time),
            ModbusSerialTransport serial => new LineLinkSource(serial, options.Lines ?? new SystemLines(time)),
            _ => new SocketLinkSource(options.Transport),
        };
    }

    public ModbusClientOptions Options => _options;

    public bool IsConnected => _connection is { IsClosed: false };

    /// <summary>Why the last connection ended; null while one stands or when there was none.</summary>
    public string? DisconnectReason => _connection?.EndReason;

    public ModbusClientStatistics Statistics => _counters.Snapshot();

    public IModbusTrace? Trace
    {
        get => _trace;
        set
        {
            _trace = value;
            if (_connection is { } connection)
            {
                connection.Trace = value;
            }
        }
    }

    /// <summary>Makes the connection, also after one was lost; returns at once while one stands.</summary>
    /// <exception cref="ModbusConnectException">It could not be made; the message says to where and why not.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await _connecting.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (IsConnected)
            {
                return;
            }

            var link = await OpenLinkAsync(cancellation).ConfigureAwait(false);
            var connection = new ModbusConnection(link, NewSession(), _options, _time, _counters) { Trace = _trace };
            _connection = connection;
            connection.Start();
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Reads registers (big-endian, as on the wire) or bits (packed, first bit lowest) into <paramref name="destination"/>.</summary>
    /// <remarks>Whatever the device or the network does ends as a status; exceptions are for a cancelled token and for a request
    /// that the specification does not allow.</remarks>
    /// <param name="destination">At least <see cref="ModbusReadRequest.DataBytes"/> long; written only when the result is Ok, and never after the end.</param>
    public ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation) =>
        ReadAsync(request, destination, _options.ResponseTimeoutMs, cancellation);

    /// <summary>The same with a response timeout of its own, which counts from the moment of sending, not of asking.</summary>
    public ValueTask<ModbusResult> ReadAsync(
        ModbusReadRequest request, Memory<byte> destination, int responseTimeoutMs, CancellationToken cancellation)
    {
        if (!request.IsValid)
        {
            throw new ArgumentException($"not a read that Modbus allows: {request}", nameof(request));
        }

        if (destination.Length < request.DataBytes)
        {
            throw new ArgumentException($"{destination.Length} bytes for {request.DataBytes} bytes of data", nameof(destination));
        }

        return Submit(request, destination, responseTimeoutMs, cancellation);
    }

    /// <summary>Asks a unit what it is. Null when it does not say.</summary>
    public ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation) =>
        new IdentityReader(this, unitId).ReadAsync(cancellation);

    public async ValueTask DisconnectAsync()
    {
        if (_connection is { } connection)
        {
            connection.Close("closed by this side");
            await connection.Completion.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
        await _links.DisposeAsync().ConfigureAwait(false);
    }

    internal ValueTask<ModbusResult> Submit(in ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation) =>
        Submit(request, destination, _options.ResponseTimeoutMs, cancellation);

    private ValueTask<ModbusResult> Submit(in ModbusReadRequest request, Memory<byte> destination, int responseTimeoutMs, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ModbusResult>(cancellation);
        }

        if (_connection is not { } connection)
        {
            return new ValueTask<ModbusResult>(new ModbusResult(ModbusStatus.Disconnected));
        }

        var pending = _pool.Rent();
        pending.Request = request;
        pending.Destination = destination;
        pending.TimeoutMs = responseTimeoutMs;
        var task = pending.Task;
        connection.Submit(pending);
        if (cancellation.CanBeCanceled)
        {
            pending.CancelWith(cancellation);
        }

        return task;
    }

    private async Task<ModbusLink> OpenLinkAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.ConnectTimeoutMs), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await _links.OpenAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ModbusConnectException($"{_options.Transport}: {_links.TimeoutText} within {_options.ConnectTimeoutMs} ms");
        }
        catch (LineOpenException e)
        {
            throw new ModbusConnectException(e.Message, e);
        }
        catch (SocketException e)
        {
            throw new ModbusConnectException($"{_options.Transport}: {e.Message} ({e.SocketErrorCode})", e);
        }
    }

    private ReplySession NewSession() => _options.Transport.Framing switch
    {
        ModbusFraming.Rtu => new RtuSession(_counters),
        ModbusFraming.Ascii => new AsciiSession(_counters),
        _ => new MbapSession(_counters, _options.MaxInFlight),
    };
}
