using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Services;

/// <summary>The bytes of the messages, put together by hand from the tables of OPC 10000-4 and the encoding rules of OPC 10000-6.</summary>
public sealed class SubscriptionGoldenTests
{
    private const string Instant = "00C08976453CDA01"; // 2024-01-01
    private const string RequestHead = "05 0100 03000000 010203" + Instant + "07000000 00000000 FFFFFFFF 88130000 000000";
    private const string ResponseHead = Instant + "07000000 00000000 00 FFFFFFFF 000000";
    private const string Press = "03 0200 05000000 5072657373"; // ns=2;s=Press
    private const string Two = "01000000 32"; // the text "2"
    private const string Number = "04030201";
    private const string FiveHundred = "0000000000407F40"; // 500.0
    private const string Numbers = "02000000" + Number + "01000000";
    private const string States = "02000000 00000000 00003480"; // Good, BadNodeIdUnknown
    private const string Value = "07 0A 0000C03F 00009240" + Instant; // 1.5 as a float, UncertainInitialValue
    private const string Parameters = Number + FiveHundred + "0100D402 01 10000000 02000000 02000000" + FiveHundred + "0A000000 01";
    private const string PlainParameters = Number + FiveHundred + "000000 0A000000 01";

    [Theory]
    [InlineData("TranslateBrowsePathsRequest", "01002A02" + RequestHead + "02000000" + Press + "01000000 0021 01 01 0200" + Two + Press + "FFFFFFFF")]
    [InlineData("TranslateBrowsePathsResponse",
        "01002D02" + ResponseHead + "02000000 00000000 01000000 C3 0200 05000000 5072657373" + Two + "01000000 FFFFFFFF 00003480 FFFFFFFF FFFFFFFF")]
    [InlineData("CreateSubscriptionRequest", "01001303" + RequestHead + FiveHundred + Number + "0A000000 E8030000 01 03")]
    [InlineData("CreateSubscriptionResponse", "01001603" + ResponseHead + Number + FiveHundred + "1E000000 0A000000")]
    [InlineData("ModifySubscriptionRequest", "01001903" + RequestHead + Number + FiveHundred + "1E000000 0A000000 E8030000 03")]
    [InlineData("ModifySubscriptionResponse", "01001C03" + ResponseHead + FiveHundred + Number + "0A000000")]
    [InlineData("SetPublishingModeRequest", "01001F03" + RequestHead + "01" + Numbers)]
    [InlineData("StatusResultsResponse 802", "01002203" + ResponseHead + States + "FFFFFFFF")]
    [InlineData("CreateMonitoredItemsRequest",
        "0100EF02" + RequestHead + Number + "00000000 02000000" + Press + "0D000000" + Two + "0000 FFFFFFFF 02000000" + Parameters
        + Press + "0D000000 FFFFFFFF 0000 FFFFFFFF 01000000" + PlainParameters)]
    [InlineData("CreateMonitoredItemsResponse",
        "0100F202" + ResponseHead + "02000000 00000000" + Number + FiveHundred + "0A000000 000000 00003480 00000000 0000000000000000 00000000 000000 FFFFFFFF")]
    [InlineData("ModifyMonitoredItemsRequest", "0100FB02" + RequestHead + Number + "02000000 02000000" + Number + Parameters + "02000000" + PlainParameters)]
    [InlineData("ModifyMonitoredItemsResponse",
        "0100FE02" + ResponseHead + "02000000 00000000" + FiveHundred + Number + "000000 00003480 0000000000000000 00000000 000000 FFFFFFFF")]
    [InlineData("DeleteMonitoredItemsRequest", "01000D03" + RequestHead + Number + Numbers)]
    [InlineData("StatusResultsResponse 784", "01001003" + ResponseHead + States + "FFFFFFFF")]
    [InlineData("PublishRequest", "01003A03" + RequestHead + "02000000" + Number + "04000000 02000000" + Number)]
    [InlineData("PublishResponse",
        "01003D03" + ResponseHead + Number + Numbers + "01 07000000" + Instant + "02000000"
        + "01002B03 01 34000000 02000000" + Number + Value + "02000000 05 0B" + FiveHundred + Instant + "FFFFFFFF"
        + "01003403 01 05000000 00000A80 00" + "02000000 00000000 00007A80 FFFFFFFF")]
    [InlineData("RepublishRequest", "01004003" + RequestHead + Number + "04000000")]
    [InlineData("RepublishResponse", "01004303" + ResponseHead + "07000000" + Instant + "01000000 01002B03 01 1E000000 01000000" + Number + Value + "FFFFFFFF")]
    [InlineData("TransferSubscriptionsRequest", "01004903" + RequestHead + Numbers + "01")]
    [InlineData("TransferSubscriptionsResponse", "01004C03" + ResponseHead + "02000000 00000000" + Numbers + "00003480 00000000 FFFFFFFF")]
    [InlineData("DeleteSubscriptionsRequest", "01004F03" + RequestHead + Numbers)]
    [InlineData("StatusResultsResponse 850", "01005203" + ResponseHead + States + "FFFFFFFF")]
    [InlineData("HistoryReadRequest",
        "01009802" + RequestHead + "01008902 01 16000000 00" + Instant + Instant + Number + "01" + "00000000 01 02000000"
        + Press + Two + "0000 FFFFFFFF 02000000 0102" + Press + "FFFFFFFF 0000 FFFFFFFF FFFFFFFF")]
    [InlineData("HistoryReadResponse",
        "01009B02" + ResponseHead + "02000000 00000000 02000000 0102 01009202 01 17000000 02000000" + Value + "00" + "00003480 FFFFFFFF 000000 FFFFFFFF")]
    public void A_message_is_these_bytes(string name, string hex) =>
        Assert.Equal(Hex.Text(Hex.Bytes(hex)), Hex.Text(Messages.All[name].Bytes));

    [Fact]
    public void A_keep_alive_carries_the_number_of_the_next_message()
    {
        byte[] bytes = Hex.Bytes("01003D03" + ResponseHead + "05000000 00000000 00 09000000" + Instant + "00000000 FFFFFFFF FFFFFFFF");
        Assert.Equal(UaFault.None, PublishResponse.TryRead(bytes, out PublishResponse response));
        Assert.True(response.Message.IsKeepAlive);
        Assert.Equal(9u, response.Message.SequenceNumber);
        Assert.Equal(5u, response.SubscriptionId);
    }

    [Fact]
    public void Notifications_of_other_kinds_are_passed_over()
    {
        // An EventNotificationList, then a data change.
        byte[] bytes = Hex.Bytes("01003D03" + ResponseHead + "05000000 00000000 00 09000000" + Instant
            + "02000000 01009403 01 04000000 00000000 01002B03 01 1E000000 01000000" + Number + Value + "FFFFFFFF FFFFFFFF FFFFFFFF");
        Assert.Equal(UaFault.None, PublishResponse.TryRead(bytes, out PublishResponse response));
        DataChanges changes = response.Message.Changes;
        Assert.True(changes.TryNext(out uint handle, out DataValue value));
        Assert.Equal(0x0102_0304u, handle);
        Assert.Equal(StatusCodes.UncertainInitialValue, value.Status.Value);
        Assert.False(changes.TryNext(out _, out _));
        Assert.Equal(1, changes.Unknown);
        Assert.Equal(UaFault.None, changes.Fault);
    }

    [Fact]
    public void A_value_behind_which_the_notification_is_broken_is_still_given_and_the_fault_told()
    {
        // The second value's mask has bits that are not defined.
        byte[] bytes = Hex.Bytes("01003D03" + ResponseHead + "05000000 00000000 00 09000000" + Instant
            + "01000000 01002B03 01 23000000 02000000" + Number + Value + "07000000 C0 FFFFFFFF FFFFFFFF FFFFFFFF");
        Assert.Equal(UaFault.None, PublishResponse.TryRead(bytes, out PublishResponse response));
        Assert.Single(SubscriptionMessages.Walk(response.Message.Changes, out UaFault inside, out _));
        Assert.Equal(UaFault.MaskInvalid, inside);
    }

    [Fact]
    public void A_filter_of_another_kind_is_told_apart_from_none()
    {
        var target = new UaBuffer();
        target.WriteUInt32(1);
        target.WriteDouble(100);
        target.WriteExtensionObject(new ExtensionObject(new NodeId(727), ExtensionEncoding.Binary, [1, 2]));
        target.WriteUInt32(1);
        target.WriteBoolean(true);
        var reader = new UaReader(target.WrittenSpan, UaDecodeLimits.Default);
        MonitoringParameters parameters = MonitoringParameters.Read(ref reader);
        Assert.Equal(UaFault.None, reader.End());
        Assert.True(parameters.HasOtherFilter);
        Assert.Null(parameters.Filter);
    }

    [Fact]
    public void Service_faults_are_bad_results()
    {
        var target = new UaBuffer();
        new ResponseHeader(default, 1, StatusCodes.BadNoSubscription).Write(target, ServiceIds.ServiceFault);
        Assert.Equal(UaFault.None, PublishResponse.TryRead(target.WrittenSpan, out PublishResponse published));
        Assert.Equal(StatusCodes.BadNoSubscription, published.Header.Result.Value);
        Assert.Equal(UaFault.None, RepublishResponse.TryRead(target.WrittenSpan, out RepublishResponse republished));
        Assert.True(republished.Header.Result.IsBad);
        Assert.Equal(UaFault.None, CreateSubscriptionResponse.TryRead(target.WrittenSpan, out CreateSubscriptionResponse created));
        Assert.True(created.Header.Result.IsBad);
    }

    [Fact]
    public void Ten_thousand_numbers_are_walked_without_allocating()
    {
        var target = new UaBuffer();
        var values = new ItemValue[10_000];
        Array.Fill(values, new ItemValue(3, new DataValue(Variant.From(2.5), 0u, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
        var writer = PublishResponseWriter.Begin(target, default, 1, [1, 2], false, 1, default);
        writer.WriteChanges(values);
        writer.End([]);
        Count(target.WrittenSpan);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = Count(target.WrittenSpan);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000, count);
    }

    private static int Count(ReadOnlySpan<byte> message)
    {
        PublishResponse.TryRead(message, out PublishResponse response);
        DataChanges changes = response.Message.Changes;
        int count = 0;
        while (changes.TryNext(out _, out _))
        {
            count++;
        }
        return count;
    }
}
