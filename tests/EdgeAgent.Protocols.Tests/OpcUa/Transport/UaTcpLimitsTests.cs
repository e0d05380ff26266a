using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Transport;

public sealed class UaTcpLimitsTests
{
    [Fact]
    public void The_smaller_buffer_counts_in_each_direction()
    {
        var client = new UaTcpLimits(65_536, 32_768, 1_000_000, 0);
        UaTcpLimits answer = new UaTcpLimits(16_384, 131_072, 0, 7).AnswerTo(client);
        Assert.Equal(new UaTcpLimits(16_384, 65_536, 0, 7), answer);
        Assert.True(client.TryAgree(answer, out AgreedLimits agreed));
        Assert.Equal(new AgreedLimits(16_384, 65_536, int.MaxValue, 7, 1_000_000, int.MaxValue), agreed);
    }

    [Fact]
    public void A_server_that_acknowledges_more_than_was_offered_is_held_to_the_offer()
    {
        Assert.True(UaTcpLimits.Default.TryAgree(new UaTcpLimits(uint.MaxValue, uint.MaxValue, 0, 0), out AgreedLimits agreed));
        Assert.Equal(65_536, agreed.SendChunkBytesMax);
        Assert.Equal(65_536, agreed.ReceiveChunkBytesMax);
    }

    [Theory]
    [InlineData(8191, 8192)]
    [InlineData(8192, 8191)]
    public void Buffers_below_the_minimum_are_refused(uint receive, uint send) =>
        Assert.False(UaTcpLimits.Default.TryAgree(new UaTcpLimits(receive, send, 0, 0), out _));
}
