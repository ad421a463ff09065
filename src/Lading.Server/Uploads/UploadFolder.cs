using System.Collections.Concurrent;
using Lading.Oci;

namespace Lading.Server.Uploads;

/// <summary>The uploads under way. They end with the server; what a killed one left on disk is cleared away after a day.</summary>
internal sealed class UploadFolder(string directory, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<string, Upload> uploads = new(StringComparer.Ordinal);

    /// <summary>Begins an upload to a repository.</summary>
    public Upload Start(RepositoryName repository)
    {
        Directory.CreateDirectory(directory);
        ClearAbandoned();
        var id = Guid.NewGuid().ToString("N");
        var upload = new Upload(id, repository, Path.Combine(directory, id), time.GetUtcNow());
        uploads[id] = upload;
        return upload;
    }

    /// <summary>An upload to a repository; null where it never was, or is over.</summary>
    public Upload? Find(RepositoryName repository, string id) =>
        uploads.TryGetValue(id, out var upload) && upload.Repository == repository ? upload : null;

    /// <summary>Ends an upload; what was not taken over is removed.</summary>
    public void End(Upload upload)
    {
        if (uploads.TryRemove(upload.Id, out _))
        {
            upload.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var upload in uploads.Values)
        {
            End(upload);
        }
    }

    private void ClearAbandoned()
    {
        var oldest = time.GetUtcNow() - Patience;
        foreach (var upload in uploads.Values.Where(upload => upload.StartedAt < oldest))
        {
            End(upload);
        }

        foreach (var file in new DirectoryInfo(directory).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < oldest.UtcDateTime && !uploads.ContainsKey(file.Name))
            {
                file.Delete();
            }
        }
    }
}
