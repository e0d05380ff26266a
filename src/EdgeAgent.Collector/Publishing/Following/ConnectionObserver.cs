using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Tells the log and the publisher's loop what becomes of the connection.</summary>
internal class ConnectionObserver(string publisher, PublisherCounters counters, WakeSignal wake, ILogger logger) : MqttClientObserver
{
    public override void Connected(MqttBrokerAddress broker, bool sessionPresent)
    {
        counters.AddConnection();
        counters.LastProblem = null;
        logger.PublisherConnected(publisher, broker.ToString());
        wake.Set();
    }

    public override void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
    {
        if (loss.Cause != MqttLossCause.Local)
        {
            counters.LastProblem = loss.Text;
            logger.PublisherDisconnected(publisher, loss.Text);
        }

        wake.Set();
    }

    public override void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn)
    {
        counters.LastProblem = text;
        logger.PublisherConnectFailed(publisher, text, nextTryIn);
    }

    public override void SubscriptionRefused(string filter, MqttReason reason)
    {
        string problem = $"the broker refused the subscription {filter} ({reason}); without acknowledgements nothing leaves the buffer";
        counters.LastProblem = problem;
        logger.PublisherProblem(publisher, problem);
    }

    public override void HandlerFailed(string topic, Exception exception) => logger.PublisherFailed(publisher, exception);
}
