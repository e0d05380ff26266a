using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Transport;

public sealed class SequenceNumbersTests
{
    [Fact]
    public void Each_number_follows_the_one_before()
    {
        var sent = new SequenceNumbers();
        var received = new SequenceNumbers();
        for (uint expected = 1; expected < 5; expected++)
        {
            uint number = sent.Next();
            Assert.Equal(expected, number);
            Assert.True(received.TryAccept(number));
        }
        Assert.False(received.TryAccept(4));
        Assert.False(received.TryAccept(6));
        Assert.True(received.TryAccept(5));
    }

    [Fact]
    public void The_first_number_may_be_any() => Assert.True(new SequenceNumbers().TryAccept(51));

    [Fact]
    public void Numbers_start_over_before_they_are_used_up()
    {
        SequenceNumbers sent = SequenceNumbers.After(uint.MaxValue - 1025);
        SequenceNumbers received = sent;
        uint[] numbers = [sent.Next(), sent.Next(), sent.Next()];
        Assert.Equal([uint.MaxValue - 1024, uint.MaxValue - 1023, 1u], numbers);
        Assert.All(numbers, number => Assert.True(received.TryAccept(number)));
        SequenceNumbers early = SequenceNumbers.After(1_000_000);
        Assert.False(early.TryAccept(1));
        SequenceNumbers late = SequenceNumbers.After(uint.MaxValue - 5);
        Assert.False(late.TryAccept(1024));
        Assert.True(late.TryAccept(1023));
    }
}
