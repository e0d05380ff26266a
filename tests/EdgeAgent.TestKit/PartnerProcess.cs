using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.TestKit;

/// <summary>A program of others (or the built program itself) as a separate process, stopped when the test ends.</summary>
public sealed partial class PartnerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Seen)> _waits = [];
    private readonly Lock _gate = new();

    private int _lastExitCode;
    private bool _disposed;

    private static readonly ConcurrentDictionary<int, PartnerProcess> Running = new();

    /// <summary>A test that ends without disposing leaves nothing behind: what still runs is killed with the test host.</summary>
    static PartnerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (PartnerProcess left in Running.Values)
        {
            left.Kill();
        }
    };

    private PartnerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _disposed || _process.HasExited;

    /// <summary>Valid once it has exited, also after disposal.</summary>
    public int ExitCode => _disposed ? _lastExitCode : _process.ExitCode;

    /// <summary>Everything it has printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="program">Name on PATH or full path.</param>
    /// <param name="arguments">One string an argument; no shell is involved.</param>
    /// <exception cref="InvalidOperationException">The program is not on this machine.</exception>
    public static PartnerProcess Start(string program, IEnumerable<string> arguments, string? directory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        string path = Partners.Find(program) ?? (File.Exists(program) ? program
            : throw new InvalidOperationException($"'{program}' is not installed; tests/run installs what tests need."));
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = directory ?? "",
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var partner = new PartnerProcess(process);
        process.OutputDataReceived += (_, line) => partner.Take(line.Data);
        process.ErrorDataReceived += (_, line) => partner.Take(line.Data);
        process.Exited += (_, _) => partner.Ended();
        process.Start();
        Running[process.Id] = partner;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return partner;
    }

    /// <summary>The first printed line, past or future, that contains the text; fails when the program ends without it.</summary>
    public async Task<string> WaitForLineAsync(string text, TimeSpan? limit = null)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            string? line = _output.ToString().Split('\n').FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal));
            if (line is not null)
            {
                return line;
            }

            _waits.Add((l => l.Contains(text, StringComparison.Ordinal), seen));
        }

        if (_process.HasExited)
        {
            Ended();
        }

        try
        {
            return await seen.Task.WaitAsync(limit ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{_process.StartInfo.FileName}' did not print '{text}'. It printed:\n{Output}");
        }
    }

    public Task WaitForExitAsync(TimeSpan? limit = null) => _process.WaitForExitAsync().WaitAsync(limit ?? TimeSpan.FromSeconds(60));

    /// <summary>SIGKILL: no chance to flush or say goodbye.</summary>
    public void Kill() => Signal(9);

    /// <summary>SIGTERM: stops in its own order.</summary>
    public void Terminate() => Signal(15);

    /// <summary>SIGINT, as Ctrl-C sends.</summary>
    public void Interrupt() => Signal(2);

    /// <summary>SIGSTOP: alive, connected and silent. Returns when every thread of it stands.</summary>
    public void Freeze()
    {
        Signal(19);
        // The signal reaches the threads one after the other; until then some still answer.
        SpinWait.SpinUntil(() => Directory.GetDirectories($"/proc/{Id}/task").All(IsStopped));

        static bool IsStopped(string thread)
        {
            try
            {
                string stat = File.ReadAllText(Path.Combine(thread, "stat"));
                return stat[stat.LastIndexOf(')') + 2] is 'T' or 'Z';
            }
            catch (IOException)
            {
                return true; // It ended meanwhile.
            }
        }
    }

    /// <summary>SIGCONT after <see cref="Freeze"/>.</summary>
    public void Thaw() => Signal(18);

    /// <summary>SIGHUP, by convention: read your configuration again.</summary>
    public void HangUp() => Signal(1);

    /// <summary>Kills it if it still runs. Its output and exit code stay readable.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        if (!_process.HasExited)
        {
            Signal(18);
            Signal(9);
        }

        await _process.WaitForExitAsync();
        Running.TryRemove(_process.Id, out _);
        _lastExitCode = _process.ExitCode;
        _disposed = true;
        _process.Dispose();
    }

    private void Signal(int number)
    {
        if (!HasExited)
        {
            _ = SendSignal(_process.Id, number);
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _output.Append(line).Append('\n');
            foreach ((Func<string, bool> match, TaskCompletionSource<string> seen) in _waits)
            {
                if (match(line))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }

    private void Ended()
    {
        // Lets the readers of both streams finish first, so that a last line is not missed.
        _process.WaitForExitAsync().ContinueWith(
            exited =>
            {
                lock (_gate)
                {
                    foreach ((Func<string, bool> _, TaskCompletionSource<string> seen) in _waits)
                    {
                        seen.TrySetException(new InvalidOperationException(
                            $"'{_process.StartInfo.FileName}' ended before it printed what was waited for. It printed:\n{_output}"));
                    }
                }
            },
            TaskScheduler.Default);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
