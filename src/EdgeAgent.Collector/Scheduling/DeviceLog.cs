using EdgeAgent.Collector.Drivers;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>Tells people how the devices of an endpoint fare, each device under a category of its own so that its level can be set alone.</summary>
internal sealed class DeviceLog
{
    private readonly ILogger[] _loggers;
    private readonly RepeatedProblem[] _problems;

    public DeviceLog(IReadOnlyList<DeviceState> devices, ILoggerFactory loggers, TimeProvider time)
    {
        _loggers = [.. devices.Select(device => loggers.CreateLogger("EdgeAgent.Device." + device.Name))];
        _problems = [.. devices.Select(_ => new RepeatedProblem(time))];
    }

    public void Scan(DeviceState device, in ScanOutcome outcome, Standing standing)
    {
        Stands(device, standing);
        if (outcome.Answer == ScanAnswer.Answered)
        {
            Problem(device, outcome.Problem);
        }
    }

    public void Stands(DeviceState device, Standing standing)
    {
        ILogger logger = _loggers[device.Index];
        switch (standing)
        {
            case Standing.FirstAnswer:
                logger.DeviceAnswers(device.Name);
                break;
            case Standing.Quarantined:
                logger.DeviceQuarantined(device.Name);
                break;
            case Standing.Recovered:
                logger.DeviceAnswersAgain(device.Name);
                break;
            case Standing.FellSilent:
                logger.DeviceSilent(device.Name);
                break;
        }
    }

    public void Problem(DeviceState device, string? text)
    {
        ILogger logger = _loggers[device.Index];
        RepeatedProblem problems = _problems[device.Index];
        if (text is { } problem)
        {
            if (problems.Happened())
            {
                logger.DeviceProblem(device.Name, problem, problems.Count);
            }
        }
        else if (problems.WentAway())
        {
            logger.DeviceProblemOver(device.Name);
        }
    }

    public void Faulted(DeviceState device, Exception exception)
    {
        if (_problems[device.Index].Happened())
        {
            _loggers[device.Index].ScanFaulted(exception, device.Name);
        }
    }
}
