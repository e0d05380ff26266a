using EdgeAgent.Collector.Drivers.Hj212;
using EdgeAgent.Collector.Drivers.Melsec;
using EdgeAgent.Collector.Drivers.S7;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Modbus;
using FsCheck;
using FsCheck.Fluent;
using Cjt188 = EdgeAgent.Collector.Drivers.Cjt188.MeterFrameMeanings;
using Dlt645 = EdgeAgent.Collector.Drivers.Dlt645.MeterFrameMeanings;
using Modbus = EdgeAgent.Collector.Drivers.Modbus.Line.FrameMeanings;

namespace EdgeAgent.Collector.Tests.LastFrames;

/// <summary>Frames written out from the specifications, and noise.</summary>
public sealed class MeaningTests
{
    private static readonly Dictionary<string, FrameMeaning> Drivers = new()
    {
        ["mbap"] = Modbus.Of(ModbusFraming.Mbap),
        ["rtu"] = Modbus.Of(ModbusFraming.Rtu),
        ["ascii"] = Modbus.Of(ModbusFraming.Ascii),
        ["s7"] = S7FrameMeanings.Of,
        ["melsec"] = MelsecFrameMeanings.Of,
        ["dlt645"] = Dlt645.Of,
        ["cjt188"] = Cjt188.Of,
        ["hj212"] = Hj212FrameMeanings.Of,
    };

    [Theory]
    [InlineData("mbap", true, "000100000006010300640002", "read holding registers from 100, 2 of them")]
    [InlineData("mbap", false, "0001000000070103040001", "holding registers: 4 bytes")]
    [InlineData("mbap", false, "000100000003018302", "exception 2 (IllegalDataAddress) to holding registers")]
    [InlineData("rtu", true, "110400000001321A", "read input registers from 0, 1 of them")]
    [InlineData("rtu", true, "112B0E0100", "ask identification")]
    [InlineData("ascii", true, "3A3131303330303642303030333745 0D0A", "read holding registers from 107, 3 of them")]
    [InlineData("s7", true, "0300001611E00000000100C0010AC1020100C2020101", "ask for a connection to TSAP 0101")]
    [InlineData("s7", false, "0300000B06D00001000100", "connection confirmed")]
    [InlineData("s7", true, "0300001F02F080320100000001000E00000401120A10020004000A840000A0", "read 4 bytes of DB10 from 20")]
    [InlineData("s7", false, "0300001B02F080320300000001000200060000 0401FF0400101092", "data of 1")]
    [InlineData("s7", false, "0300001602F080320300000001000200010000 04010A", "answers for 1, the first one DoesNotExist")]
    [InlineData("s7", false, "0300001302F0803203000000010000000081 04", "refused with error 8104")]
    [InlineData("melsec", true, "500000FFFF03000C00100001040000640000A80A00", "read 10 words of DataRegister from 100")]
    [InlineData("melsec", false, "D00000FFFF0300040000003412", "2 bytes of data")]
    [InlineData("melsec", false, "D00000FFFF030002005640", "refused with end code 4056")]
    [InlineData("dlt645", true, "FEFEFEFE68250403020100681104333334336216", "ask meter 000102030425 for 00010000")]
    [InlineData("dlt645", false, "6825040302010068910833333433753945338B16", "meter 000102030425 answers 00010000")]
    [InlineData("dlt645", false, "68250403020100 68D10135BB16", "meter 000102030425 refuses with error 02")]
    [InlineData("cjt188", true, "FEFE68107856341200000001031F9001D016", "ask meter 78563412000000 (as it travels) of type 10 for 1F90")]
    [InlineData("hj212", false, "2323303034305354 3D33313B434E3D323031313B", "real-time data")]
    public void A_frame_is_said_in_a_few_words(string driver, bool sent, string hex, string meaning) =>
        Assert.Equal(meaning, Drivers[driver](sent, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    /// <summary>Lines carry anything, also frames of which only a part came.</summary>
    [Fact]
    public void Noise_and_halves_throw_nothing()
    {
        byte[][] beginnings =
        [
            [], [0, 1, 0, 0, 0, 6, 1], [1, 0x83], [(byte)':', (byte)'0', (byte)'1'], [3, 0, 0, 25, 2, 0xF0, 0x80, 0x32, 3], [3, 0, 0, 25, 2, 0xF0, 0x80, 0x32, 1, 0, 0, 0, 0, 0, 14, 0, 0, 4],
            [0x50, 0], [0xD0, 0], [0x81], [0x01, 0xFF], [0xFE, 0x68, 1, 2, 3, 4, 5, 6, 0x68], [0x68, 0x10], "##0040CN="u8.ToArray(),
        ];
        Prop.ForAll(Gen.Elements(beginnings).Zip(ArbMap.Default.GeneratorFor<byte[]>()).ToArbitrary(), noise =>
        {
            byte[] frame = [.. noise.Item1, .. noise.Item2 ?? []];
            foreach (FrameMeaning meaning in Drivers.Values)
            {
                _ = meaning(true, frame);
                _ = meaning(false, frame);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }
}
