using System.Security.Cryptography;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>The body of a request on disk: streamed there, so that no upload lies in memory, and gone when it is disposed.</summary>
internal sealed class UploadedFile : IDisposable
{
    private const int BufferBytes = 81_920;

    private UploadedFile(string path, long bytes, string sha256, byte[] head) => (FilePath, Bytes, Sha256, Head) = (path, bytes, sha256, head);

    public string FilePath { get; }

    public long Bytes { get; }

    public string Sha256 { get; }

    /// <summary>The first bytes, for telling what it is.</summary>
    public byte[] Head { get; }

    /// <param name="folder">Of the hub's data directory, so that keeping the file moves no bytes between disks.</param>
    /// <exception cref="ApiProblem">There are no bytes, or too many.</exception>
    public static async Task<UploadedFile> ReceiveAsync(HttpContext context, string folder, long bytesMax)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            return await ReceiveIntoAsync(context, path, bytesMax);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public void Dispose() => File.Delete(FilePath);

    private static async Task<UploadedFile> ReceiveIntoAsync(HttpContext context, string path, long bytesMax)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] head = [];
        long bytes = 0;
        await using (FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            byte[] buffer = new byte[BufferBytes];
            for (int read = await FillAsync(context, buffer); read > 0; read = await FillAsync(context, buffer))
            {
                bytes += read;
                if (bytes > bytesMax)
                {
                    throw new ApiProblem(StatusCodes.Status413PayloadTooLarge, new($"文件超过 {bytesMax >> 20} MiB。", $"The file has more than {bytesMax >> 20} MiB."));
                }

                head = head.Length == 0 ? buffer[..Math.Min(read, KnownContent.HeadBytes)] : head;
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            }
        }

        return bytes > 0
            ? new UploadedFile(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), head)
            : throw ApiProblem.BadRequest(new("没有收到文件内容。", "No file was sent: the body is empty."));
    }

    /// <summary>Fills the buffer as far as the body goes, so that the head is whole however the network cuts it.</summary>
    private static async Task<int> FillAsync(HttpContext context, byte[] buffer) =>
        await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
}
