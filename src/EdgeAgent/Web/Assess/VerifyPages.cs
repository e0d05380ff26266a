using System.Security.Cryptography;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Commands;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.LedgerPages;

namespace EdgeAgent.Web.Assess;

/// <summary>Checks an uploaded pack as <c>evidence verify</c> does, by the keys of this hub and of its agents, or by one that is given.</summary>
internal static class VerifyPages
{
    public const long PackBytesMax = 1L << 30;

    // A verification of a month uses every core for a second.
    private static readonly SemaphoreSlim One = new(1);

    public static async Task VerifyAsync(HttpContext context, AssessSource source)
    {
        VerificationKeys keys = KeysOf(context, source);
        using UploadedFile upload = await UploadedFile.ReceiveAsync(context, Path.Combine(source.Files.Hub.DataDirectory, "uploads"), PackBytesMax);
        await One.WaitAsync(context.RequestAborted);
        try
        {
            PackVerification v = await Task.Run(() => PackVerifier.Verify(upload.FilePath, keys), context.RequestAborted);
            await context.WriteJsonAsync(
                new VerifyView(
                    v.Holds, v.Manifest?.Id, v.Manifest?.Site, v.Manifest?.AsOf, v.Manifest?.CreatedAt, v.Manifest?.Notice is { } notice ? NoticeTexts.Text(notice) : null, v.ManifestSha256, upload.Sha256, upload.Bytes, v.Batches, v.Devices,
                    v.Result, [.. v.Problems.Take(VerifyView.ProblemsShownMax).Select(p => new PackProblemView(p.IsContainer ? "" : p.File, p.PlaceText, new BilingualText(p.Chinese, p.Text)))], v.Problems.Count, v.Notes,
                    v.Challenges.Text),
                AssessJson.Default.VerifyView);
        }
        finally
        {
            One.Release();
        }
    }

    private static VerificationKeys KeysOf(HttpContext context, AssessSource source)
    {
        VerificationKeys keys = new();
        if (context.Query("key") is { } given)
        {
            try
            {
                keys.Add(Convert.FromBase64String(given));
                return keys;
            }
            catch (Exception problem) when (problem is CryptographicException or FormatException)
            {
                throw ApiProblem.BadRequest(new(
                    $"key 不是公钥：{problem.Message}。请给出 hub.pub 中 BEGIN 与 END 之间的内容。", $"key is no public key: {problem.Message}. Give what stands between BEGIN and END in hub.pub."));
            }
        }

        if (File.Exists(source.Files.PublicKeyPath))
        {
            keys.AddPem(File.ReadAllText(source.Files.PublicKeyPath));
        }

        foreach (PackAgent agent in source.Files.ReadAgents())
        {
            keys.Add(Convert.FromBase64String(agent.PublicKey));
        }

        return keys;
    }
}
