namespace EdgeAgent.Alarms.Notify;

/// <summary>Brings one message to one channel.</summary>
internal interface IAlarmSender
{
    /// <exception cref="NotifyException">It was not taken; the message says by whom and why.</exception>
    Task SendAsync(AlarmChannel channel, AlarmRecord? alarm, CancellationToken cancellation);
}

/// <summary>A message was not taken.</summary>
internal sealed class NotifyException(string message, Exception? inner = null) : Exception(message, inner);
