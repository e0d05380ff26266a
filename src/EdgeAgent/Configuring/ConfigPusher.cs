using System.Collections.Concurrent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;

namespace EdgeAgent.Configuring;

/// <summary>The hub's side of configurations from afar: signs and sends them until they are answered, checks the answers, and confirms.</summary>
/// <remarks>What it decides does not depend on a connection; <see cref="ConfigPusherLink"/> carries messages.</remarks>
/// <param name="signer">The hub's key; used by nobody else.</param>
/// <param name="registry">Whose keys answers are checked against; null before the hub has started.</param>
internal sealed partial class ConfigPusher(EcdsaBatchSigner signer, Func<AgentRegistry?> registry, PushBook book, TimeProvider time, ILogger<ConfigPusher> logger)
{
    /// <summary>How long a push is sent again; an agent that is away for longer gets a new one.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(2);

    /// <summary>An agent confirms or takes back within its own time, which may be two hours; nobody watches longer for that.</summary>
    private static readonly TimeSpan TrialMost = TimeSpan.FromMinutes(125);

    private static readonly TimeSpan SendAgainEvery = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<AgentKey, (byte[] Bytes, long? SentAt)> _sending = [];
    private readonly ConcurrentDictionary<(AgentKey Agent, long Revision), TaskCompletionSource<RemoteConfigMessage>> _questions = new();
    private long _question;

    /// <summary>The hub's key as agents pin it.</summary>
    public string Fingerprint { get; } = RemoteConfigEnvelope.FingerprintOf(signer.PublicKey.Span);

    public AgentPresences Presences { get; } = new(time);

    public PushRecord? Find(AgentKey agent)
    {
        PushRecord? record = book.Find(agent);
        return record is { Stage: PushStage.Sent } && time.GetUtcNow() >= record.ExpiresAt ? record with { Stage = PushStage.Expired }
            : record is { Stage: PushStage.Confirming } && time.GetUtcNow() >= record.SentAt + TrialMost ? record with { Stage = PushStage.Expired } : record;
    }

    /// <summary>Begins to send a configuration.</summary>
    /// <returns>Null when it is too large for a message.</returns>
    public PushRecord? Push(AgentKey agent, ConfigBundle bundle, string baseHash, string by, string comment)
    {
        DateTimeOffset now = time.GetUtcNow();
        PushRecord record = new(agent.Site, agent.Agent, book.NextRevision(agent, now), PushStage.Sent, now, now + ValidFor, null, by, comment, baseHash, "", []);
        byte[] bytes = Seal(MessageTo(agent, RemoteConfigKind.Push, record.Revision) with { Hash = baseHash, Content = RemoteConfigContent.Pack(bundle) });
        if (bytes.Length > RemoteConfigMessage.BytesMax)
        {
            return null;
        }

        book.Save(record);
        lock (_gate)
        {
            _sending[agent] = (bytes, null);
        }

        return record;
    }

    /// <summary>Messages that are due now.</summary>
    public IReadOnlyList<(string Topic, byte[] Bytes)> Due()
    {
        List<(string, byte[])> due = [];
        lock (_gate)
        {
            foreach ((AgentKey agent, (byte[] bytes, long? sentAt)) in _sending.ToArray())
            {
                if (Find(agent) is not { Stage: PushStage.Sent })
                {
                    _sending.Remove(agent);
                }
                else if (sentAt is not { } last || time.GetElapsedTime(last) >= SendAgainEvery)
                {
                    _sending[agent] = (bytes, time.GetTimestamp());
                    due.Add((Topics.Config(agent.Site, agent.Agent), bytes));
                }
            }
        }

        return due;
    }

    /// <summary>A question to an agent, and its answer when it comes.</summary>
    public (string Topic, byte[] Bytes, Task<RemoteConfigMessage> Answer) Ask(AgentKey agent, CancellationToken cancellation)
    {
        long revision = Math.Max(Interlocked.Increment(ref _question), time.GetUtcNow().ToUnixTimeMilliseconds());
        Interlocked.Exchange(ref _question, revision);
        TaskCompletionSource<RemoteConfigMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[(agent, revision)] = answer;
        CancellationTokenRegistration registration = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        _ = answer.Task.ContinueWith(
            _ =>
            {
                _questions.TryRemove((agent, revision), out TaskCompletionSource<RemoteConfigMessage>? _);
                registration.Dispose();
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return (Topics.Config(agent.Site, agent.Agent), Seal(MessageTo(agent, RemoteConfigKind.Ask, revision)), answer.Task);
    }

    /// <summary>Takes what an agent says.</summary>
    /// <returns>What to send it; null for nothing.</returns>
    public byte[]? Take(AgentKey from, ReadOnlySpan<byte> bytes)
    {
        if (!RemoteConfigEnvelope.TryOpen(bytes, out RemoteConfigMessage? message, out string fingerprint, out string problem))
        {
            Ignored(logger, from.Site, from.Agent, problem);
            return null;
        }

        EnrolledAgent? agent = registry()?.Find(from);
        if (agent is not { Status: EnrolmentStatus.Approved } || RemoteConfigEnvelope.FingerprintOf(agent.PublicKey) != fingerprint
            || message.Kind != RemoteConfigKind.Answer || message.Site != from.Site || message.Agent != from.Agent)
        {
            Ignored(logger, from.Site, from.Agent, "it is not signed by the agent's approved key, or is about another agent");
            return null;
        }

        Presences.Heard(from);
        if (_questions.TryGetValue((from, message.Revision), out TaskCompletionSource<RemoteConfigMessage>? question))
        {
            question.TrySetResult(message);
            return null;
        }

        return Book(from, message);
    }

    private byte[]? Book(AgentKey from, RemoteConfigMessage message)
    {
        if (book.Find(from) is not { } record || record.Revision != message.Revision)
        {
            return null;
        }

        PushStage stage = message.Outcome switch
        {
            RemoteConfigOutcome.Applied => PushStage.Confirming,
            RemoteConfigOutcome.Kept => PushStage.Kept,
            RemoteConfigOutcome.RolledBack => PushStage.RolledBack,
            _ => PushStage.Refused,
        };
        // An answer that was under way when a later one overtook it changes nothing.
        bool isNews = record.IsOpen ? stage != record.Stage : record.Stage == PushStage.Kept && stage == PushStage.RolledBack;
        if (isNews)
        {
            book.Save(record with { Stage = stage, AnsweredAt = time.GetUtcNow(), Hash = message.Hash, Problems = message.Problems });
            Answered(logger, from.Site, from.Agent, message.Revision, stage);
        }

        return message.Outcome == RemoteConfigOutcome.Applied ? Seal(MessageTo(from, RemoteConfigKind.Confirm, message.Revision)) : null;
    }

    private RemoteConfigMessage MessageTo(AgentKey agent, RemoteConfigKind kind, long revision)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new RemoteConfigMessage
        {
            Kind = kind,
            Site = agent.Site,
            Agent = agent.Agent,
            Revision = revision,
            IssuedMs = now.ToUnixTimeMilliseconds(),
            ExpiresMs = (now + ValidFor).ToUnixTimeMilliseconds(),
        };
    }

    private byte[] Seal(RemoteConfigMessage message)
    {
        lock (signer)
        {
            return RemoteConfigEnvelope.Seal(message, signer);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "An answer about the configuration of {Site}/{Agent} was ignored: {Problem}.")]
    private static partial void Ignored(ILogger logger, string site, string agent, string problem);

    [LoggerMessage(2, LogLevel.Information, "{Site}/{Agent} answers about revision {Revision} of its configuration: {Stage}.")]
    private static partial void Answered(ILogger logger, string site, string agent, long revision, PushStage stage);
}
