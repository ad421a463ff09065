using System.Globalization;
using System.Text;
using System.Text.Json;
using Lading.Context;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// The log of a run's deletions: who, why and when, as JSON lines that are on disk before the first deletion. Each
/// outcome is appended as it happens.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private readonly FileStream file;

    // .NET 8 has no Lock.
    private readonly SemaphoreSlim gate = new(1);

    private AuditLog(FileStream file) => this.file = file;

    /// <summary>The file.</summary>
    public string Path => file.Name;

    /// <summary>Creates the file of a run.</summary>
    /// <param name="folder">The folder of the logs; created if it does not exist.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="now">When the run started.</param>
    /// <exception cref="LadingException">It cannot be written.</exception>
    public static AuditLog Create(string folder, string environment, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        try
        {
            OwnFolder.Ignore(folder);
            Directory.CreateDirectory(folder);
            for (var number = 1; ; number++)
            {
                var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
                var path = System.IO.Path.Combine(folder, $"{environment}-{time}{suffix}.jsonl");
                try
                {
                    return new AuditLog(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
                }
                catch (IOException) when (File.Exists(path) && number < 100)
                {
                    // Another run in the same second.
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                $"Could not write down in {folder} what will be deleted",
                e.Message.TrimEnd('.'),
                "Nothing was deleted. Make the folder writable, or free space on its disk.",
                innerException: e
            );
        }
    }

    /// <summary>The log's lines for the images that will be deleted.</summary>
    /// <param name="run">Who, when, and in which environment.</param>
    /// <param name="call">The images.</param>
    public static string IntentOf(AuditedRun run, RemovalCall call)
    {
        var lines = new StringBuilder();
        foreach (var image in call.Images)
        {
            lines.Append(
                Line(json =>
                {
                    json.WriteString("action", run.Archives ? "archive" : "delete");
                    run.WriteTo(json);
                    json.WriteString("repository", call.Repository.ToString());
                    json.WriteString("digest", image.Digest.ToString());
                    json.WriteStartArray("tags");
                    foreach (var tag in image.Tags)
                    {
                        json.WriteStringValue(tag);
                    }

                    json.WriteEndArray();
                    json.WriteString("why", WhyOf(image));
                })
            );
        }

        return lines.ToString();
    }

    /// <summary>Writes lines, and returns once they are on disk.</summary>
    public void Write(string lines)
    {
        gate.Wait();
        try
        {
            file.Write(Encoding.UTF8.GetBytes(lines));
            file.Flush(flushToDisk: true);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Writes the outcome for an image.</summary>
    /// <param name="outcome"><c>deleted</c>, <c>archived</c>, <c>kept</c>, <c>failed</c>.</param>
    /// <param name="repository">Its repository.</param>
    /// <param name="digest">The image.</param>
    /// <param name="reason">Why the image still exists; empty if it was removed.</param>
    /// <param name="now">The time of the outcome.</param>
    public void Write(string outcome, StoredRepository repository, Digest digest, string reason, DateTimeOffset now) =>
        Write(
            Line(json =>
            {
                json.WriteString("action", outcome);
                json.WriteString("when", UtcText.Second(now));
                json.WriteString("repository", repository.ToString());
                json.WriteString("digest", digest.ToString());
                if (reason.Length > 0)
                {
                    json.WriteString("why", reason);
                }
            })
        );

    public void Dispose()
    {
        gate.Dispose();
        file.Dispose();
    }

    private static string WhyOf(StoredImage image) =>
        DeletionMark.MarkedSince(image.Digest, image.Tags) is { } since
            ? $"nothing uses it; marked on {UtcText.Day(since)}"
            : "nothing uses it, nor what it belongs to";

    private static string Line(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}

/// <summary>Who deletes, when, and where.</summary>
/// <param name="Who">The caller's ARN.</param>
/// <param name="When">When the run started.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Archives">Whether images are archived instead.</param>
internal sealed record AuditedRun(string Who, DateTimeOffset When, string Environment, bool Archives)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("who", Who);
        json.WriteString("when", UtcText.Second(When));
        json.WriteString("environment", Environment);
    }
}
