using System.Collections.Concurrent;
using Lading.Context;
using Lading.Oci;

namespace Lading.Server.Uploads;

/// <summary>The uploads in progress. They end with the server.</summary>
/// <param name="directory">The folder for their files; other servers may use it too.</param>
/// <param name="time">The clock.</param>
/// <param name="maxCount">The maximum number of concurrent uploads.</param>
internal sealed class UploadFolder(string directory, TimeProvider time, int maxCount) : IDisposable
{
    /// <summary>A client that has sent nothing for this long does not come back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>If there are too many, the one that has been idle longest is cancelled, once it has been idle for this long.</summary>
    private static readonly TimeSpan MinIdleTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Upload> uploads = new(StringComparer.Ordinal);

    /// <summary>Starts an upload to a repository.</summary>
    /// <exception cref="TooManyUploadsException">The limit is reached.</exception>
    public Upload Start(RepositoryName repository)
    {
        if (uploads.Count >= maxCount && !MakeRoom())
        {
            throw new TooManyUploadsException(maxCount);
        }

        OwnFolder.Ignore(directory);
        Directory.CreateDirectory(directory);
        var id = Guid.NewGuid().ToString("N");
        var upload = new Upload(id, repository, Path.Combine(directory, id), time);
        uploads[id] = upload;
        return upload;
    }

    /// <summary>An upload to a repository; null if it never existed, or has ended.</summary>
    public Upload? Find(RepositoryName repository, string id) =>
        uploads.TryGetValue(id, out var upload) && upload.Repository == repository ? upload : null;

    /// <summary>Ends an upload, and removes its file unless it was completed.</summary>
    public void End(Upload upload)
    {
        if (uploads.TryRemove(upload.Id, out _))
        {
            upload.Dispose();
        }
    }

    /// <summary>Ends idle uploads.</summary>
    public void EndIdle(TimeSpan patience)
    {
        var oldest = time.GetUtcNow() - patience;
        foreach (var upload in uploads.Values.Where(upload => upload.LastUsedAt < oldest))
        {
            End(upload);
        }
    }

    /// <summary>Ends the upload that has been idle longest.</summary>
    /// <returns>False if all of them were used recently.</returns>
    private bool MakeRoom()
    {
        var oldest = time.GetUtcNow() - MinIdleTime;
        var idlest = uploads
            .Values.Where(upload => !upload.IsInUse && upload.LastUsedAt <= oldest)
            .MinBy(upload => upload.LastUsedAt);
        if (idlest is null)
        {
            return false;
        }

        End(idlest);
        return true;
    }

    /// <summary>True if an upload of this server has the file.</summary>
    public bool Has(string file) => uploads.ContainsKey(file);

    public void Dispose()
    {
        foreach (var upload in uploads.Values)
        {
            End(upload);
        }
    }
}

/// <summary>The limit of concurrent uploads is reached.</summary>
internal sealed class TooManyUploadsException(int maxCount)
    : Exception($"{maxCount} uploads are in progress, which is the limit");
