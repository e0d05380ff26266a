using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess.Jobs;

/// <summary>Work that takes longer than a request: one job at a time, with progress, an end on demand, and its file kept for a while.</summary>
/// <remarks>Each job has a folder with its product and <c>job.json</c>, written when it ends; a folder without one is of a job that ended with the process.</remarks>
internal sealed class JobDesk(string folder, TimeProvider time, CancellationToken stopping)
{
    private const string Record = "job.json";
    private const int KeptMax = 20;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private (JobRun Run, JobView View, string Owner, CancellationTokenSource Cancel, Task Work)? _running;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobView> List()
    {
        List<JobView> jobs = [.. Ended()];
        if (Running() is { } running)
        {
            jobs.RemoveAll(j => j.Id == running.Id);
            jobs.Add(running);
        }

        return [.. jobs.OrderByDescending(j => j.StartedAt).ThenByDescending(j => j.Id, StringComparer.Ordinal)];
    }

    public JobView? Find(string id) => Running() is { } running && running.Id == id ? running : IsId(id) ? Read(Path.Combine(folder, id)) : null;

    /// <summary>Where the product of a finished job lies; null when there is none, or when it is a pack, which lies on its shelf.</summary>
    public string? ProductOf(JobView job) => job.File is null || job.Pack is not null ? null : Path.Combine(folder, job.Id, job.File);

    /// <param name="by">Whoever started it, for people.</param>
    /// <param name="owner">The same, by which he is told from others: he may end it.</param>
    /// <exception cref="ApiProblem">Another job runs.</exception>
    public JobView Start(string kind, string by, string owner, IReadOnlyList<string> steps, Func<JobRun, Task<JobProduct>> work)
    {
        lock (_gate)
        {
            if (_running is { } other)
            {
                throw ApiProblem.Conflict(new($"已有任务 {other.View.Id} 在进行，请等它完成或先取消。", $"Job {other.View.Id} is running; wait for it, or cancel it first."));
            }

            Sweep();
            DateTimeOffset now = time.GetUtcNow();
            string id = $"{now.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
            string own = Path.Combine(folder, id);
            Directory.CreateDirectory(own);
            CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            JobRun run = new(id, own, steps, cancel.Token);
            JobView view = new(id, kind, JobState.Running, steps, 0, by, now, null, null, null, 0, null, [], null);
            _running = (run, view, owner, cancel, Task.Run(() => RunAsync(run, view, work), CancellationToken.None));
            return view;
        }
    }

    /// <param name="owner">Who asks; null for somebody who may end any.</param>
    /// <returns>False when the job does not run.</returns>
    /// <exception cref="ApiProblem">It is somebody else's.</exception>
    public bool Cancel(string id, string? owner)
    {
        lock (_gate)
        {
            if (_running is not { } running || running.View.Id != id)
            {
                return false;
            }

            if (owner is not null && owner != running.Owner)
            {
                throw ApiProblem.Forbidden(new(
                    $"任务由 {running.View.By} 发起，只有本人或管理员可以取消。", $"{running.View.By} started the job; only he or an administrator may end it."));
            }

            running.Cancel.Cancel();
            return true;
        }
    }

    private JobView? Running()
    {
        lock (_gate)
        {
            return _running is { } running ? running.View with { Step = running.Run.Step } : null;
        }
    }

    private async Task RunAsync(JobRun run, JobView started, Func<JobRun, Task<JobProduct>> work)
    {
        JobView ended;
        try
        {
            JobProduct product = await work(run);
            await using FileStream file = File.OpenRead(product.Path);
            ended = started with
            {
                State = JobState.Done, Step = started.Steps.Count, File = Path.GetFileName(product.Path), Bytes = file.Length, Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, CancellationToken.None)),
                Warnings = product.Warnings, Pack = product.Pack,
            };
        }
        catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested)
        {
            ended = started with { State = JobState.Cancelled, Step = run.Step };
        }
        catch (Exception problem)
        {
            // Whatever it was: a job that never ends would hold up all others until the next start.
            ended = started with { State = JobState.Failed, Step = run.Step, Problem = TextOf(problem) };
        }

        End(run, ended with { EndedAt = time.GetUtcNow() });
    }

    private static BilingualText TextOf(Exception problem) => problem switch
    {
        ApiProblem both => new(both.Detail.Zh, both.Detail.En),
        FormBlockedException blocked => blocked.Text,
        PackExportException => new($"佐证包无法生成：{problem.Message}", problem.Message),
        StoreUnavailableException => new($"存储不可用：{problem.Message}", problem.Message),
        StoreDamagedException => new($"存储已损坏：{problem.Message}", problem.Message),
        IOException or UnauthorizedAccessException => new($"文件无法读写：{problem.Message}", problem.Message),
        _ => new($"无法完成：{problem.Message}", problem.Message),
    };

    private void End(JobRun run, JobView ended)
    {
        try
        {
            File.WriteAllBytes(Path.Combine(run.Folder, Record), JsonSerializer.SerializeToUtf8Bytes(ended, AssessJson.Default.JobView));
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            // What it made is lost with the disk; the next job may run all the same.
        }

        lock (_gate)
        {
            _running?.Cancel.Dispose();
            _running = null;
        }
    }

    /// <summary>Removes what is old, beyond the number, or of a job that never ended.</summary>
    private void Sweep()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        DateTimeOffset oldest = time.GetUtcNow() - Kept;
        HashSet<string> kept = [.. Ended().Where(j => j.StartedAt > oldest).OrderByDescending(j => j.StartedAt).Take(KeptMax - 1).Select(j => j.Id)];
        foreach (string path in Directory.EnumerateDirectories(folder).Where(p => !kept.Contains(Path.GetFileName(p))))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private IEnumerable<JobView> Ended() => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(Read).OfType<JobView>() : [];

    private static JobView? Read(string own)
    {
        string path = Path.Combine(own, Record);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), AssessJson.Default.JobView) : null;
        }
        catch (Exception damaged) when (damaged is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Ids are made here; anything else never becomes a path.</summary>
    private static bool IsId(string id) => id.Length is > 0 and <= 40 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
