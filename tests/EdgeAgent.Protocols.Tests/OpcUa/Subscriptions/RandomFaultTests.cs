using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>Any sequence of faults: what was published is delivered once and in order, or counted as lost.</summary>
public sealed class RandomFaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_each_message_is_delivered_once_in_order_or_counted(int seed)
    {
        var random = new Random(seed);
        await using var test = new EngineUnderTest();
        await test.StartAsync();
        var published = new List<long>();
        bool isOneSwallowed = false;
        for (int step = 0; step < 60; step++)
        {
            test.Time.Advance(TimeSpan.FromMilliseconds(20));
            switch (random.Next(10))
            {
                case 0 when !isOneSwallowed:
                    published.Add(step);
                    await test.SendAsync(step, isLost: true);
                    isOneSwallowed = true;
                    break;
                case 1:
                    test.Server.Disconnect();
                    test.Server.Continue();
                    await test.LiveAsync();
                    isOneSwallowed = false;
                    break;
                case 2:
                    test.Server.Disconnect();
                    test.Server.NewSession();
                    await test.LiveAsync();
                    isOneSwallowed = false;
                    break;
                case 3:
                    // The server forgets what it kept for asking again.
                    test.Server.Only.Kept.Clear();
                    break;
                case 4:
                    await EngineUnderTest.UntilAsync(() => test.Server.Publish(test.Server.Only), "a keep-alive was sent");
                    break;
                default:
                    published.Add(step);
                    await test.SendAsync(step);
                    break;
            }
        }
        published.Add(1000);
        await test.SendAsync(1000);
        await EngineUnderTest.UntilAsync(() => test.Values.Contains(1000), "the last value came");
        long[] values = test.Values;
        Assert.Equal(values.Order(), values);
        Assert.Equal(values.Distinct(), values);
        Assert.Equal(published.Count, values.Length + test.Subscription.Statistics.Lost);
        Assert.Equal(0, test.Subscription.Statistics.Recreated);
    }
}
