using System.Diagnostics;

namespace EdgeAgent.Commands.Bench;

/// <summary>A partner program that a scenario starts, reads and ends; what it prints is kept for the error message.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKeptMax = 200;

    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Seen)> _waiters = [];

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <exception cref="CommandFailure">The program is not on this machine.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        try
        {
            ChildProcess child = new(Process.Start(start)!);
            child._process.OutputDataReceived += (_, line) => child.OnLine(line.Data);
            child._process.ErrorDataReceived += (_, line) => child.OnLine(line.Data);
            child._process.BeginOutputReadLine();
            child._process.BeginErrorReadLine();
            return child;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw CommandFailure.Failed($"This scenario needs the program '{program}': {missing.Message}. Install it and try again.", missing);
        }
    }

    /// <summary>Waits for a line of output, past or future.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> wanted, TimeSpan limit, BenchContext context)
    {
        Task<string> seen = Subscribe(wanted);
        try
        {
            return await seen.WaitAsync(limit, context.Time, context.Cancellation);
        }
        catch (TimeoutException)
        {
            throw CommandFailure.Failed($"{_process.ProcessName} did not say what was waited for within {limit.TotalSeconds} s:\n{Output()}");
        }
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit, BenchContext context)
    {
        await _process.WaitForExitAsync(context.Cancellation).WaitAsync(limit, context.Time, context.Cancellation);
        return _process.ExitCode;
    }

    /// <summary>The last lines that it printed.</summary>
    public string Output()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private Task<string> Subscribe(Func<string, bool> wanted)
    {
        lock (_lines)
        {
            if (_lines.FirstOrDefault(wanted) is { } line)
            {
                return Task.FromResult(line);
            }

            TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((wanted, seen));
            return seen.Task;
        }
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            if (_lines.Count == LinesKeptMax)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
            foreach ((Func<string, bool> wanted, TaskCompletionSource<string> seen) in _waiters)
            {
                if (wanted(line))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}
