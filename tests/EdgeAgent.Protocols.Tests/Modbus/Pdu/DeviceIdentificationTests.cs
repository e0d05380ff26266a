using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Tests.Modbus.Pdu;

public sealed class DeviceIdentificationTests
{
    /// <summary>The example of the specification's annex: three objects in one answer.</summary>
    private static readonly byte[] Example =
    [
        0x2B, 0x0E, 0x01, 0x01, 0x00, 0x00, 0x03,
        0x00, 0x16, .. "Company identification"u8,
        0x01, 0x0D, .. "Product code "u8,
        0x02, 0x05, .. "V2.11"u8,
    ];

    [Fact]
    public void The_three_basic_objects_are_read()
    {
        Assert.True(DeviceIdentificationPdu.TryReadResponse(Example, out var part, out var objects));
        Assert.Equal(new IdentityPart(1, false, 0, 3), part);
        Assert.True(DeviceIdentificationPdu.TryReadObject(ref objects, out var id, out var value));
        Assert.Equal((0, "Company identification"), (id, System.Text.Encoding.ASCII.GetString(value)));
        Assert.True(DeviceIdentificationPdu.TryReadObject(ref objects, out id, out value));
        Assert.True(DeviceIdentificationPdu.TryReadObject(ref objects, out id, out value));
        Assert.Equal((2, "V2.11"), (id, System.Text.Encoding.ASCII.GetString(value)));
        Assert.False(DeviceIdentificationPdu.TryReadObject(ref objects, out _, out _));
    }

    [Fact]
    public void Every_cut_is_incomplete_and_more_bytes_do_not_matter()
    {
        for (var cut = 0; cut < Example.Length; cut++)
        {
            Assert.Equal(-1, DeviceIdentificationPdu.MeasureResponse(Example.AsSpan(0, cut)));
        }

        Assert.Equal(Example.Length, DeviceIdentificationPdu.MeasureResponse([.. Example, 1, 2, 3]));
    }

    [Fact]
    public void Objects_beyond_what_a_pdu_can_hold_are_no_answer()
    {
        byte[] pdu = [0x2B, 0x0E, 0x01, 0x01, 0x00, 0x00, 0x02, 0x00, 0xFF, .. new byte[300]];
        Assert.Equal(0, DeviceIdentificationPdu.MeasureResponse(pdu));
    }

    [Fact]
    public void An_identity_is_written_in_parts_that_fit()
    {
        var objects = new SortedDictionary<byte, string>();
        for (byte id = 0; id < 10; id++)
        {
            objects[id] = new string('x', 60);
        }

        var identity = new ModbusDeviceIdentity(objects);
        var pdu = new byte[ModbusLimits.PduBytesMax];
        var seen = new List<byte>();
        var next = (byte)0;
        bool more;
        do
        {
            var length = DeviceIdentificationPdu.WriteResponse(pdu, identity, ModbusIdentityCategory.Regular, next);
            Assert.True(DeviceIdentificationPdu.TryReadResponse(pdu.AsSpan(0, length), out var part, out var rest));
            while (DeviceIdentificationPdu.TryReadObject(ref rest, out var id, out _))
            {
                seen.Add(id);
            }

            (more, next) = (part.MoreFollows, part.NextObjectId);
        }
        while (more);

        Assert.Equal(objects.Keys, seen);
    }
}
