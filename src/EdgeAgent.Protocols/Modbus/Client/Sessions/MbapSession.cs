using System.Buffers.Binary;
using System.Numerics;
using EdgeAgent.Protocols.Modbus.Framing;

namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>Modbus TCP: answers find their request by transaction id, so several can be on their way.</summary>
/// <remarks>
/// A frame counts as an answer only when transaction id, unit id, function code and byte count all match.
/// A stream that has lost its framing (corrupted or repeated bytes) is not given up: the session looks for the next header that
/// fits a request on its way, and goes on from there.
/// </remarks>
internal sealed class MbapSession : ReplySession
{
    /// <summary>Header and function code: what must fit for a header to be recognised in a damaged stream.</summary>
    private const int SignatureBytes = MbapHeader.Bytes + 1;

    private readonly PendingRequest?[] _byId;
    private readonly OwedReplies _owed = new();
    private readonly int _inFlightMax;
    private int _inFlight;
    private ushort _lastId;
    private bool _partial;
    private bool _lostFraming;

    public MbapSession(ClientCounters counters, int inFlightMax)
        : base(counters)
    {
        _inFlightMax = inFlightMax;
        // Twice as many cells as requests, so that the next free id is never far.
        _byId = new PendingRequest?[BitOperations.RoundUpToPowerOf2((uint)inFlightMax * 2)];
    }

    public override bool CanBegin => _inFlight < _inFlightMax;

    public override bool HasInFlight => _inFlight > 0;

    public override int FrameBytesMax => ModbusLimits.MbapFrameBytesMax;

    public override long EarliestDeadline
    {
        get
        {
            var earliest = long.MaxValue;
            foreach (var request in _byId)
            {
                if (request is not null && request.Deadline < earliest)
                {
                    earliest = request.Deadline;
                }
            }

            return earliest;
        }
    }

    public override int Begin(PendingRequest request, Span<byte> frame)
    {
        do
        {
            _lastId++;
        }
        while (_byId[_lastId & (_byId.Length - 1)] is not null || _owed.Contains(_lastId));

        request.TransactionId = _lastId;
        _byId[_lastId & (_byId.Length - 1)] = request;
        _inFlight++;
        var pduBytes = WritePdu(frame[MbapHeader.Bytes..], request.Request);
        var header = new MbapHeader(_lastId, request.Request.UnitId, pduBytes);
        MbapFrame.WriteHeader(frame, header);
        return header.FrameBytes;
    }

    public override SessionStep Next(ReadOnlySpan<byte> received)
    {
        if (_lostFraming)
        {
            return FindFraming(received);
        }

        switch (MbapFrame.Read(received, out var header, out var pdu))
        {
            case FrameStatus.Complete:
                _partial = false;
                return Answer(header, pdu);
            case FrameStatus.Incomplete:
                _partial = !received.IsEmpty;
                return SessionStep.NeedMore;
            default:
                _lostFraming = true;
                return FindFraming(received);
        }
    }

    public override void EndDatagram() => (_partial, _lostFraming) = (false, false);

    public override SessionStep TakeExpired(long now)
    {
        foreach (var request in _byId)
        {
            if (request is not null && request.Deadline <= now)
            {
                Abandon(request);
                return new SessionStep { Request = request, Result = new ModbusResult(ModbusStatus.Timeout) };
            }
        }

        return default;
    }

    public override bool Abandon(PendingRequest request)
    {
        if (_byId[request.TransactionId & (_byId.Length - 1)] != request)
        {
            return false;
        }

        Remove(request);
        _owed.Add(request.TransactionId);
        // A length that a fault made too large would swallow the answers to come: do not believe a frame that stayed unfinished.
        _lostFraming |= _partial;
        return true;
    }

    public override PendingRequest? TakeAny()
    {
        foreach (var request in _byId)
        {
            if (request is not null)
            {
                Remove(request);
                return request;
            }
        }

        return null;
    }

    private void Remove(PendingRequest request)
    {
        _byId[request.TransactionId & (_byId.Length - 1)] = null;
        _inFlight--;
    }

    private SessionStep Answer(MbapHeader header, ReadOnlySpan<byte> pdu)
    {
        var step = SessionStep.Skip(header.FrameBytes);
        var request = _byId[header.TransactionId & (_byId.Length - 1)];
        if (request is null || request.TransactionId != header.TransactionId)
        {
            if (_owed.Remove(header.TransactionId))
            {
                Counters.LateReplies++;
            }
            else
            {
                Counters.UnexpectedFrames++;
            }

            return step;
        }

        Remove(request);
        step.Request = request;
        step.Result = header.UnitId == request.Request.UnitId
            ? Interpret(request.Request, pdu, out step.Data)
            : new ModbusResult(ModbusStatus.BadFrame);
        if (step.Result.Status == ModbusStatus.BadFrame)
        {
            _owed.Add(header.TransactionId);
        }

        return step;
    }

    private SessionStep FindFraming(ReadOnlySpan<byte> received)
    {
        var skip = received.Length;
        if (_inFlight > 0)
        {
            for (var offset = 0; offset < received.Length; offset++)
            {
                var rest = received[offset..];
                if (rest.Length < SignatureBytes || BeginsAnswer(rest))
                {
                    skip = offset;
                    break;
                }
            }
        }

        _lostFraming = received.Length - skip < SignatureBytes && _inFlight > 0;
        _partial = false;
        Counters.DiscardedBytes += skip;
        return !_lostFraming && skip == 0 && !received.IsEmpty ? Next(received) : SessionStep.Skip(skip);
    }

    private bool BeginsAnswer(ReadOnlySpan<byte> bytes)
    {
        if (MbapFrame.Read(bytes[..SignatureBytes], out var header, out _) == FrameStatus.Invalid)
        {
            return false;
        }

        var id = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var request = _byId[id & (_byId.Length - 1)];
        if (request is null || request.TransactionId != id || request.Request.UnitId != bytes[6])
        {
            return false;
        }

        var function = (byte)request.Request.Function;
        var pduBytes = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) - 1;
        return bytes[7] == (function | ModbusLimits.ExceptionBit)
            ? pduBytes == Pdu.ExceptionPdu.Bytes
            : bytes[7] == function && (request.Request.Function == ModbusFunction.ReadDeviceIdentification || pduBytes == 2 + request.Request.DataBytes);
    }
}
