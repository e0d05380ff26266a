using System.Runtime.CompilerServices;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>Reads from the meters on one line: reading without a password only, nothing is ever written.</summary>
/// <remarks>Any thread may call it, also several at once; requests wait their turn. On a serial port a reading in which all goes well
/// allocates nothing.</remarks>
public sealed class Dlt645Client : ILineClient
{
    /// <summary>So many follow-up frames of 200 bytes are more than any item has; a meter that promises ever more is broken.</summary>
    private const int FollowUpsMax = 32;

    /// <summary>What every meter has: 正向有功总电能.</summary>
    private const uint ForwardActiveEnergy1997 = 0x9010;

    private readonly Dlt645ClientOptions _options;
    private readonly LineExchange _exchange;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dlt645AnswerReader _reader = new();
    private readonly byte[] _request = new byte[Dlt645Frame.BytesMax];

    public Dlt645Client(Dlt645ClientOptions options, TimeProvider time)
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

    /// <summary>How long the line was taken by requests, answers and waiting for them.</summary>
    public TimeSpan Busy => _exchange.Busy;

    /// <exception cref="LineOpenException">The line could not be opened.</exception>
    public ValueTask ConnectAsync(CancellationToken cancellation) => _exchange.ConnectAsync(cancellation);

    public void Disconnect() => _exchange.Close();

    public void Dispose() => _exchange.Dispose();

    /// <summary>Reads one data item with all its follow-up frames.</summary>
    /// <param name="destination">Takes the data without the identifier; written only when the result is Ok, or on the way there.</param>
    /// <param name="timeoutMs">What the meter may take; null for the client's own.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Dlt645Result> ReadAsync(
        Dlt645Version version, MeterAddress address, uint identifier, Memory<byte> destination, int? timeoutMs, CancellationToken cancellation)
    {
        // The follow-up frames of an item belong together: nothing of another meter may come between.
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await ReadAllAsync(version, address, identifier, destination, timeoutMs, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Asks the one meter on the line for its address. With several on it their answers collide.</summary>
    public async ValueTask<(ExchangeStatus Status, MeterAddress Address)> ReadAddressAsync(
        Dlt645Version version, int? timeoutMs, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var control = Dlt645Control.Of(version);
            var bytes = 0;
            if (control.ReadAddress != 0)
            {
                bytes = Dlt645Frame.Write(_request, MeterAddress.Any, control.ReadAddress, []);
                _reader.ExpectAddress(control.ReadAddress);
            }
            else
            {
                // The edition of 1997 has no request for it, but whoever answers says who it is.
                Span<byte> data = stackalloc byte[2];
                DataIdentifiers.Write(data, ForwardActiveEnergy1997, 2);
                bytes = Dlt645Frame.Write(_request, MeterAddress.Any, control.Read, data);
                _reader.Expect(control, control.Read, MeterAddress.Any, ForwardActiveEnergy1997);
            }

            var status = await AskAsync(bytes, timeoutMs, cancellation).ConfigureAwait(false);
            return (status, status == ExchangeStatus.Ok ? _reader.Address : default);
        }
        finally
        {
            _reading.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Dlt645Result> ReadAllAsync(
        Dlt645Version version, MeterAddress address, uint identifier, Memory<byte> destination, int? timeoutMs, CancellationToken cancellation)
    {
        var control = Dlt645Control.Of(version);
        var length = 0;
        for (var number = 0; number <= FollowUpsMax; number++)
        {
            var status = await AskAsync(WriteRequest(control, address, identifier, number), timeoutMs, cancellation).ConfigureAwait(false);
            if (status != ExchangeStatus.Ok)
            {
                return new Dlt645Result(status, 0, _reader.Error);
            }

            var part = _reader.Data;
            if (control.NumbersFollowUps && number > 0)
            {
                if (part.IsEmpty || part[^1] != number)
                {
                    return new Dlt645Result(ExchangeStatus.BadFrame);
                }

                part = part[..^1];
            }

            if (part.Length > destination.Length - length)
            {
                return new Dlt645Result(ExchangeStatus.BadFrame);
            }

            part.CopyTo(destination.Span[length..]);
            length += part.Length;
            if (!_reader.HasMore)
            {
                return new Dlt645Result(ExchangeStatus.Ok, length);
            }
        }

        return new Dlt645Result(ExchangeStatus.BadFrame);
    }

    private int WriteRequest(in Dlt645Control control, MeterAddress address, uint identifier, int number)
    {
        Span<byte> data = stackalloc byte[5];
        DataIdentifiers.Write(data, identifier, control.IdentifierBytes);
        data[control.IdentifierBytes] = (byte)number;
        var code = number == 0 ? control.Read : control.ReadOn;
        var withNumber = number > 0 && control.NumbersFollowUps;
        _reader.Expect(control, code, address, identifier);
        return Dlt645Frame.Write(_request, address, code, data[..(control.IdentifierBytes + (withNumber ? 1 : 0))]);
    }

    private ValueTask<ExchangeStatus> AskAsync(int requestBytes, int? timeoutMs, CancellationToken cancellation) => _exchange.AskAsync(
        _request.AsMemory(0, requestBytes),
        _reader,
        TimeSpan.FromMilliseconds(_options.SilenceMs),
        TimeSpan.FromMilliseconds(timeoutMs ?? _options.ResponseTimeoutMs),
        TimeSpan.FromMilliseconds(_options.GapMs),
        cancellation);
}
