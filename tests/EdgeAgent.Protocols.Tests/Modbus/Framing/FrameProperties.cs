using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Modbus.Framing;

/// <summary>What is written is read back, from any cut of the stream.</summary>
public sealed class FrameProperties
{
    [Fact]
    public void Read_requests_survive_every_framing() => Prop.ForAll(Requests(), Survives).QuickCheckThrowOnFailure();

    [Fact]
    public void Answers_survive_every_framing_and_every_cut() => Prop.ForAll(Answers(), AnswerSurvives).QuickCheckThrowOnFailure();

    [Fact]
    public void One_wrong_bit_is_always_noticed_by_the_crc() => Prop.ForAll(Answers(), CrcNotices).QuickCheckThrowOnFailure();

    private static Arbitrary<ModbusReadRequest> Requests() => Arb.From(
        from unit in Gen.Choose(0, 255)
        from function in Gen.Choose(1, 4)
        from count in Gen.Choose(1, function <= 2 ? ModbusLimits.BitsPerRequestMax : ModbusLimits.RegistersPerRequestMax)
        from address in Gen.Choose(0, 0x1_0000 - count)
        select new ModbusReadRequest((byte)unit, (ModbusFunction)function, (ushort)address, (ushort)count));

    private static Arbitrary<(ModbusReadRequest Request, byte[] Data)> Answers() => Arb.From(
        from request in Requests().Generator
        from data in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(request.DataBytes)
        select (request, data));

    private static bool Survives(ModbusReadRequest request)
    {
        var pdu = new byte[ReadPdu.RequestBytes];
        ReadPdu.WriteRequest(pdu, request);
        var rtu = new byte[8];
        pdu.CopyTo(rtu, 1);
        RtuFrame.Seal(rtu, request.UnitId, pdu.Length);
        return request.IsValid
            && ReadPdu.TryReadRequest(request.UnitId, pdu, out var read) && read == request
            && RtuFrame.ReadRequest(rtu, out var unit, out var inside) == FrameStatus.Complete
            && unit == request.UnitId && inside.SequenceEqual(pdu);
    }

    private static bool AnswerSurvives((ModbusReadRequest Request, byte[] Data) answer)
    {
        var (request, data) = answer;
        byte[] pdu = [(byte)request.Function, (byte)data.Length, .. data];
        var mbap = new byte[MbapHeader.Bytes + pdu.Length];
        pdu.CopyTo(mbap, MbapHeader.Bytes);
        MbapFrame.WriteHeader(mbap, new MbapHeader(0xBEEF, request.UnitId, pdu.Length));
        var rtu = new byte[pdu.Length + RtuFrame.OverheadBytes];
        pdu.CopyTo(rtu, 1);
        RtuFrame.Seal(rtu, request.UnitId, pdu.Length);
        var ascii = new byte[ModbusLimits.AsciiFrameBytesMax];
        var adu = new byte[255];
        ascii = ascii[..AsciiFrame.Write(ascii, request.UnitId, pdu)];

        var right = MbapFrame.Read(mbap, out var header, out var inMbap) == FrameStatus.Complete
            && header.UnitId == request.UnitId && inMbap.SequenceEqual(pdu)
            && RtuFrame.ReadResponse(rtu, out _, out var inRtu) == FrameStatus.Complete && inRtu.SequenceEqual(pdu)
            && AsciiFrame.Read(ascii, adu, out var consumed, out var aduBytes) == FrameStatus.Complete
            && consumed == ascii.Length && adu.AsSpan(1, aduBytes - 1).SequenceEqual(pdu)
            && ReadPdu.ReadResponse(request, inRtu, out var read).IsOk && read.SequenceEqual(data);
        for (var cut = 0; right && cut < rtu.Length; cut++)
        {
            right = RtuFrame.ReadResponse(rtu.AsSpan(0, cut), out _, out _) == FrameStatus.Incomplete
                && MbapFrame.Read(mbap.AsSpan(0, cut), out _, out _) == FrameStatus.Incomplete
                && AsciiFrame.Read(ascii.AsSpan(0, cut), adu, out var kept, out _) == FrameStatus.Incomplete && kept == 0;
        }

        return right;
    }

    private static bool CrcNotices((ModbusReadRequest Request, byte[] Data) answer)
    {
        byte[] rtu = [0, (byte)answer.Request.Function, (byte)answer.Data.Length, .. answer.Data, 0, 0];
        RtuFrame.Seal(rtu, answer.Request.UnitId, rtu.Length - RtuFrame.OverheadBytes);
        for (var bit = 24; bit < rtu.Length * 8; bit++)
        {
            rtu[bit / 8] ^= (byte)(1 << (bit % 8));
            if (RtuFrame.ReadResponse(rtu, out _, out _) != FrameStatus.BadChecksum)
            {
                return false;
            }

            rtu[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return true;
    }
}
