using System.Security.Cryptography;
using EdgeAgent.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Configuring;

/// <summary>Decides about configurations that a hub sends: whether they are taken, and when they are taken back. Knows no connection.</summary>
/// <remarks>A configuration that was taken is on trial until the hub has confirmed it over the connection that the configuration itself
/// describes. Without that it is taken back: a wrong broker address must not strand a gateway. Not for concurrent use.</remarks>
public sealed class RemoteConfigAgent
{
    /// <summary>Clocks of gateways are off by minutes, not by hours.</summary>
    private const long ClockToleranceMs = 10 * 60_000;

    private readonly string _site;
    private readonly string _agent;
    private readonly IConfigTarget _target;
    private readonly string _statePath;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private RemoteConfigState _state;
    private long _trialFrom;
    private TimeSpan _trialFor;

    /// <param name="dataDirectory">The agent's, where it remembers what it took.</param>
    /// <exception cref="IOException">What it remembers cannot be read.</exception>
    public RemoteConfigAgent(string site, string agent, string dataDirectory, IConfigTarget target, TimeProvider time, ILogger logger)
    {
        _site = site;
        _agent = agent;
        _target = target;
        _statePath = Path.Combine(dataDirectory, "remote-configuration.json");
        _time = time;
        _logger = logger;
        _state = RemoteConfigState.Load(_statePath);
        if (_state.Trial is { } trial)
        {
            // The wall clock may have jumped while the agent was down; it never waits longer than once more the longest time.
            double minutes = Math.Clamp((trial.Until - time.GetUtcNow()).TotalMinutes, 0, 120);
            StartTrial(TimeSpan.FromMinutes(IsBefore(trial, target.Read()) ? 0 : minutes));
        }
    }

    /// <summary>Whether a configuration waits for its confirmation.</summary>
    public bool IsOnTrial => _state.Trial is not null;

    /// <summary>Takes a message and says what to answer; null when it deserves none.</summary>
    public async Task<RemoteConfigMessage?> HandleAsync(ReadOnlyMemory<byte> bytes, RemoteConfigurationConfig policy, CancellationToken cancellation)
    {
        if (!RemoteConfigEnvelope.TryOpen(bytes.Span, out RemoteConfigMessage? message, out string fingerprint, out string problem))
        {
            // Nobody is proved to have sent it, so nobody gets an answer.
            _logger.RemoteConfigIgnored(problem);
            return null;
        }

        if (message.Kind == RemoteConfigKind.Answer)
        {
            return null;
        }

        if (Refusal(message, fingerprint, policy) is { } refusal)
        {
            _logger.RemoteConfigRefused(message.Revision, refusal);
            return Answer(message.Revision, RemoteConfigOutcome.Refused, [refusal]);
        }

        return message.Kind switch
        {
            RemoteConfigKind.Ask => Current(message.Revision),
            RemoteConfigKind.Confirm => Confirm(message.Revision),
            _ => await PushAsync(message, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), policy, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>What to say again while a configuration is on trial; null when none is.</summary>
    public RemoteConfigMessage? TrialAnswer() => _state.Trial is { } trial ? Answer(trial.Revision, RemoteConfigOutcome.Applied, []) : null;

    /// <summary>Takes a configuration back whose time of trial is over. Call it every second or so.</summary>
    /// <returns>What to tell the hub; null when nothing happened.</returns>
    public async Task<RemoteConfigMessage?> TickAsync(CancellationToken cancellation)
    {
        if (_state.Trial is not { } trial || _time.GetElapsedTime(_trialFrom) < _trialFor)
        {
            return null;
        }

        ConfigBundle now = _target.Read();
        if (IsBefore(trial, now))
        {
            return TakenBack(trial.Revision, "the new configuration never came into force: the agent was stopped, or failed, while it took it");
        }

        if (now.Hash != trial.Hash)
        {
            // Somebody stands at the machine and has changed it: what he wrote is not ours to take back.
            Remember(_state with { Trial = null, LastOutcome = RemoteConfigOutcome.Kept });
            return Answer(trial.Revision, RemoteConfigOutcome.Kept, ["the configuration was changed on the machine itself meanwhile; that change stays"]);
        }

        const string why = "the hub did not confirm the new configuration in time, so the one before is in force again";
        string? problem = RemoteConfigContent.TryUnpack(trial.Before, out ConfigBundle? before)
            ? await _target.ApplyAsync(before, now.Hash, "(this agent)", why, cancellation).ConfigureAwait(false)
            : "what was put aside cannot be read";
        if (problem is not null)
        {
            _logger.RemoteConfigStuck(problem);
            StartTrial(TimeSpan.FromMinutes(1)); // Tried again until it works.
            return null;
        }

        return TakenBack(trial.Revision, why);
    }

    private RemoteConfigMessage TakenBack(long revision, string why)
    {
        _logger.RemoteConfigTakenBack(revision, why);
        Remember(_state with { Trial = null, LastOutcome = RemoteConfigOutcome.RolledBack, LastProblems = [why] });
        return Answer(revision, RemoteConfigOutcome.RolledBack, [why]);
    }

    /// <summary>Whether what is in force is what was so before the trial.</summary>
    private static bool IsBefore(RemoteConfigTrial trial, ConfigBundle now) =>
        now.Hash != trial.Hash && RemoteConfigContent.TryUnpack(trial.Before, out ConfigBundle? before) && before.Hash == now.Hash;

    private string? Refusal(RemoteConfigMessage message, string fingerprint, RemoteConfigurationConfig policy)
    {
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return !policy.Allow ? "this agent takes no configurations from afar; set agent.remoteConfiguration on the machine itself"
            : !fingerprint.Equals(policy.HubKey, StringComparison.OrdinalIgnoreCase) ? $"this agent does not trust the key {fingerprint}; agent.remoteConfiguration.hubKey names another one"
            : message.Site != _site || message.Agent != _agent ? $"the message is for {message.Site}/{message.Agent}"
            : message.ExpiresMs <= now ? $"the message expired at {Text(message.ExpiresMs)}; this agent's clock says {Text(now)}"
            : message.IssuedMs > now + ClockToleranceMs ? $"the message was made at {Text(message.IssuedMs)}, which is in the future; this agent's clock says {Text(now)}"
            : null;
    }

    private RemoteConfigMessage Current(long revision)
    {
        ConfigBundle bundle = _target.Read();
        if (JsoncText.Parse(bundle.Main) is not { } text)
        {
            return Answer(revision, RemoteConfigOutcome.Refused, ["the configuration file on the machine is no JSON at the moment"]);
        }

        byte[] content = RemoteConfigContent.Pack(bundle with { Main = SecretMask.Hide(text) });
        return content.Length > RemoteConfigMessage.BytesMax - 4096
            ? Answer(revision, RemoteConfigOutcome.Refused, ["the configuration is too large to be sent"])
            : Answer(revision, RemoteConfigOutcome.Current, []) with { Content = content };
    }

    private RemoteConfigMessage? Confirm(long revision)
    {
        if (_state.Trial is { } trial && trial.Revision == revision)
        {
            Remember(_state with { Trial = null, LastOutcome = RemoteConfigOutcome.Kept });
            _logger.RemoteConfigKept(revision);
        }

        return revision == _state.LastRevision ? Answer(revision, _state.LastOutcome, _state.LastProblems) : null;
    }

    private async Task<RemoteConfigMessage> PushAsync(RemoteConfigMessage message, string print, RemoteConfigurationConfig policy, CancellationToken cancellation)
    {
        if (message.Revision <= _state.LastRevision)
        {
            // The answer may have been lost: the same message again is answered again, anything else of an old number is a replay.
            return print == _state.LastPush
                ? Answer(message.Revision, _state.LastOutcome, _state.LastProblems)
                : Answer(message.Revision, RemoteConfigOutcome.Refused, [$"revision {message.Revision} is not newer than {_state.LastRevision}, which this agent has seen"]);
        }

        if (_state.Trial is { } open)
        {
            return Answer(message.Revision, RemoteConfigOutcome.Refused, [$"revision {open.Revision} is still on trial"]);
        }

        ConfigBundle before = _target.Read();
        (ConfigBundle? after, IReadOnlyList<string> problems) = Examine(message, before);
        if (after is not null)
        {
            TimeSpan trial = TimeSpan.FromMinutes(policy.ConfirmWithinMinutes);
            // Written before anything changes: also an agent that is killed half-way takes it back.
            Remember(new RemoteConfigState(message.Revision, print, RemoteConfigOutcome.Applied, [],
                new RemoteConfigTrial(message.Revision, after.Hash, RemoteConfigContent.Pack(before), _time.GetUtcNow() + trial)));
            string? problem = await _target.ApplyAsync(after, before.Hash, "hub", $"revision {message.Revision} from the hub", cancellation).ConfigureAwait(false);
            if (problem is null)
            {
                StartTrial(trial);
                // As it is read back, in case it was sent with a table that no device names: what is compared at the end of the trial is read as well.
                Remember(_state with { Trial = _state.Trial! with { Hash = _target.Read().Hash } });
                _logger.RemoteConfigTaken(message.Revision);
                return Answer(message.Revision, RemoteConfigOutcome.Applied, []);
            }

            problems = [problem];
        }

        Remember(new RemoteConfigState(message.Revision, print, RemoteConfigOutcome.Refused, problems, null));
        _logger.RemoteConfigRefused(message.Revision, string.Join("; ", problems));
        return Answer(message.Revision, RemoteConfigOutcome.Refused, problems);
    }

    /// <summary>The configuration when it may be taken, else everything that is wrong with it.</summary>
    private (ConfigBundle? Bundle, IReadOnlyList<string> Problems) Examine(RemoteConfigMessage message, ConfigBundle before)
    {
        if (message.Hash != before.Hash)
        {
            return (null, [$"it was made from configuration {Short(message.Hash)}; {Short(before.Hash)} is in force: fetch that one and make the change again"]);
        }

        if (!RemoteConfigContent.TryUnpack(message.Content, out ConfigBundle? masked))
        {
            return (null, [$"its content cannot be unpacked, or is larger than {RemoteConfigContent.UnpackedBytesMax:N0} bytes"]);
        }

        ConfigBundle after = masked;
        if (JsoncText.Parse(masked.Main) is { } text && JsoncText.Parse(before.Main) is { } original)
        {
            if (!SecretMask.TryRestore(text, original, out byte[] restored))
            {
                return (null, ["it keeps a password that this agent's configuration does not have"]);
            }

            after = masked with { Main = restored };
        }

        LoadedConfig loaded = _target.Check(after);
        if (loaded.Errors.Any || loaded.Config is null)
        {
            return (null, [.. loaded.Errors.Take(RemoteConfigMessage.ProblemsMax).Select(static error => error.ToString())]);
        }

        LoadedConfig running = _target.Check(before);
        IReadOnlyList<string> forbidden = running.Config is { } config
            ? RemoteConfigLimits.Check(config, before, loaded.Config, after)
            : ["the configuration file on the machine has errors at the moment, so nothing can be compared with it"];
        return forbidden.Count > 0 ? (null, forbidden) : (after, []);
    }

    private RemoteConfigMessage Answer(long revision, RemoteConfigOutcome outcome, IReadOnlyList<string> problems)
    {
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return new RemoteConfigMessage
        {
            Kind = RemoteConfigKind.Answer,
            Site = _site,
            Agent = _agent,
            Revision = revision,
            IssuedMs = now,
            ExpiresMs = now + ClockToleranceMs,
            Hash = _target.Read().Hash,
            Outcome = outcome,
            Problems = problems,
        };
    }

    private void StartTrial(TimeSpan length)
    {
        _trialFrom = _time.GetTimestamp();
        _trialFor = length;
    }

    private void Remember(RemoteConfigState state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_statePath)!);
        state.Save(_statePath);
        _state = state;
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : "(none)";

    private static string Text(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, 253_402_300_799_999)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
