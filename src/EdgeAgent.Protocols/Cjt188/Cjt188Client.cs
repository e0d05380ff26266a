using System.Runtime.CompilerServices;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Cjt188;

/// <summary>Reads from the water, heat and gas meters on one line; nothing is ever written.</summary>
/// <remarks>Any thread may call it, also several at once; requests wait their turn. A request carries a serial number that its answer
/// repeats, so a late answer is never taken for another.</remarks>
public sealed class Cjt188Client : ILineClient
{
    /// <summary>901F: the measured data.</summary>
    public const ushort MeasuredData = 0x901F;

    private const byte ReadData = 0x01;
    private readonly Cjt188ClientOptions _options;
    private readonly LineExchange _exchange;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Cjt188AnswerReader _reader = new();
    private readonly byte[] _request = new byte[Cjt188Frame.BytesMax];
    private byte _serial;

    public Cjt188Client(Cjt188ClientOptions options, TimeProvider time)
    {
        _options = options;
        _exchange = new LineExchange(options.Place, options.Lines ?? new SystemLines(time), time);
    }

    public bool IsConnected => _exchange.IsConnected;

    public IWireTrace? Trace
    {
        get => _exchange.Trace;
        set => _exchange.Trace = value;
    }

    public string? DisconnectReason => _exchange.DisconnectReason;

    public TimeSpan Busy => _exchange.Busy;

    /// <exception cref="LineOpenException">The line could not be opened.</exception>
    public ValueTask ConnectAsync(CancellationToken cancellation) => _exchange.ConnectAsync(cancellation);

    public void Disconnect() => _exchange.Close();

    public void Dispose() => _exchange.Dispose();

    /// <summary>Reads a data item.</summary>
    /// <param name="destination">Takes the data behind identifier and serial number.</param>
    /// <param name="timeoutMs">What the meter may take; null for the client's own.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Cjt188Result> ReadAsync(Cjt188Meter meter, ushort identifier, Memory<byte> destination, int? timeoutMs, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var length = WriteRequest(meter, identifier);
            var status = await _exchange.AskAsync(
                _request.AsMemory(0, length),
                _reader,
                TimeSpan.FromMilliseconds(_options.SilenceMs),
                TimeSpan.FromMilliseconds(timeoutMs ?? _options.ResponseTimeoutMs),
                TimeSpan.FromMilliseconds(_options.GapMs),
                cancellation).ConfigureAwait(false);
            if (status != ExchangeStatus.Ok)
            {
                return new Cjt188Result(status, 0, _reader.State);
            }

            var bytes = Math.Min(_reader.Data.Length, destination.Length);
            _reader.Data[..bytes].CopyTo(destination.Span);
            return new Cjt188Result(ExchangeStatus.Ok, bytes);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks a meter for its data to see who answers: of a meter named by a wildcard, type and address. Null when nobody does.</summary>
    public async ValueTask<(byte Type, Cjt188Address Address)?> ReadAnswererAsync(Cjt188Meter meter, int? timeoutMs, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var status = await _exchange.AskAsync(
                _request.AsMemory(0, WriteRequest(meter, MeasuredData)),
                _reader,
                TimeSpan.FromMilliseconds(_options.SilenceMs),
                TimeSpan.FromMilliseconds(timeoutMs ?? _options.ResponseTimeoutMs),
                TimeSpan.FromMilliseconds(_options.GapMs),
                cancellation).ConfigureAwait(false);
            return status == ExchangeStatus.Ok ? (_reader.AnswererType, Cjt188Address.Read(_reader.AnswererAddress, meter.AddressHighestFirst)) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private int WriteRequest(Cjt188Meter meter, ushort identifier)
    {
        Span<byte> data = [(byte)identifier, (byte)(identifier >> 8), ++_serial];
        if (meter.IdentifierHighestFirst)
        {
            (data[0], data[1]) = (data[1], data[0]);
        }

        Span<byte> address = stackalloc byte[Cjt188Address.Bytes];
        meter.Address.Write(address, meter.AddressHighestFirst);
        _reader.Expect(meter, address, data);
        return Cjt188Frame.Write(_request, meter.Type, address, ReadData, data);
    }
}
