using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.Tests.OpcUa.Services;

public sealed class MessageTests
{
    public static TheoryData<string> Names => [.. Messages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_read_is_written_again_alike(string name)
    {
        (byte[] bytes, Messages.Reread reread) = Messages.All[name];
        var target = new UaBuffer();
        Assert.Equal(UaFault.None, reread(bytes, target));
        Assert.Equal(Hex.Text(bytes), Hex.Text(target.WrittenSpan));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_cut_anywhere_or_with_more_behind_it_is_refused(string name)
    {
        (byte[] bytes, Messages.Reread reread) = Messages.All[name];
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            Assert.NotEqual(UaFault.None, reread(bytes.AsSpan(0, cut), new UaBuffer()));
        }
        Assert.Equal(UaFault.TrailingBytes, reread([.. bytes, 0], new UaBuffer()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_message_is_not_taken_for_it(string name)
    {
        (byte[] _, Messages.Reread reread) = Messages.All[name];
        foreach ((string other, (byte[] bytes, _)) in Messages.All)
        {
            if (other != name)
            {
                Assert.NotEqual(UaFault.None, reread(bytes, new UaBuffer()));
            }
        }
    }

    [Fact]
    public void A_request_for_a_value_is_these_bytes()
    {
        var target = new UaBuffer();
        new ReadRequest(new RequestHeader(new NodeId(5), default, 9, 1000), 0, TimestampsToReturn.Both, [new(new NodeId(2258), 13)]).Write(target);
        string expected = "01007702" // ReadRequest
            + "0005 0000000000000000 09000000 00000000 FFFFFFFF E8030000 000000" // header
            + "0000000000000000 02000000" // any age, both instants
            + "01000000 0100D208 0D000000 FFFFFFFF 0000 FFFFFFFF";
        Assert.Equal(Hex.Text(Hex.Bytes(expected)), Hex.Text(target.WrittenSpan));
    }

    [Fact]
    public void A_service_fault_is_a_bad_result()
    {
        byte[] fault = Fault(StatusCodes.BadSessionIdInvalid);
        Assert.Equal(UaFault.None, ReadResponse.TryRead(fault, new DataValue[3], out ResponseHeader header));
        Assert.Equal(StatusCodes.BadSessionIdInvalid, header.Result.Value);
        Assert.Equal(UaFault.None, BrowseResponse.TryRead(fault, ServiceIds.BrowseResponse, out BrowseResponse browsed));
        Assert.True(browsed.Header.Result.IsBad);
        Assert.Equal(UaFault.None, GetEndpointsResponse.TryRead(fault, out GetEndpointsResponse endpoints));
        Assert.Null(endpoints.Endpoints);
        Assert.Equal(UaFault.None, CreateSessionResponse.TryRead(fault, out CreateSessionResponse session));
        Assert.True(session.AuthenticationToken.IsNull);
        Assert.Equal(UaFault.None, ActivateSessionResponse.TryRead(Fault(StatusCodes.Good), out ActivateSessionResponse activated));
        Assert.Equal(StatusCodes.BadUnknownResponse, activated.Header.Result.Value);
    }

    [Fact]
    public void Another_number_of_values_than_asked_for_is_refused()
    {
        byte[] two = Messages.All["ReadResponse"].Bytes;
        Assert.Equal(UaFault.LengthInvalid, ReadResponse.TryRead(two, new DataValue[1], out _));
        Assert.Equal(UaFault.LengthInvalid, ReadResponse.TryRead(two, new DataValue[3], out _));
    }

    [Fact]
    public void A_response_with_a_thousand_numbers_is_read_without_allocating()
    {
        var values = new DataValue[1000];
        Array.Fill(values, new DataValue(Variant.From(2.0), 0u, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        var target = new UaBuffer();
        ReadResponse.Write(target, default, values);
        ReadResponse.TryRead(target.WrittenSpan, values, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        UaFault fault = ReadResponse.TryRead(target.WrittenSpan, values, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(UaFault.None, fault);
    }

    private static byte[] Fault(StatusCode result)
    {
        var target = new UaBuffer();
        new ResponseHeader(default, 1, result).Write(target, ServiceIds.ServiceFault);
        return target.Written.ToArray();
    }
}
