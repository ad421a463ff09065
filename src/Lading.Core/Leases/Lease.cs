using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Records;

namespace Lading.Leases;

/// <summary>
/// Says who is working on a stack, for a limited time: the content of an SSM parameter beside the stack's record (docs/deploy.md, "One
/// at a time"). It expires unless it is renewed.
/// </summary>
/// <param name="Id">Distinguishes two runs of one person.</param>
/// <param name="Holder">The user, or the role and the name of its session.</param>
/// <param name="Activity">Such as <c>lading deploy</c>.</param>
/// <param name="Since">When it was taken, by the holder's clock.</param>
/// <param name="Until">When it expires, by the holder's clock.</param>
internal sealed record Lease(string Id, string Holder, string Activity, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>How long it lasts: several times <see cref="Renewal"/>, and more than the clock skew that AWS accepts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>The interval between renewals.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromMinutes(2);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where the holder's run is, such as the URL of a job; null if that is unknown.</summary>
    public string? Job { get; init; }

    /// <summary>
    /// The process that took it, which only the holder's machine can look up (<see cref="Processes.ProcessMark"/>); null if that is
    /// unknown.
    /// </summary>
    public string? Process { get; init; }

    /// <summary>The parameter of a stack's lease.</summary>
    public static string ParameterOf(string stack) => $"{StackRecord.ParameterOf(stack)}/lease";

    /// <summary>Parses the value of a parameter; null if it is not a lease, which then has no effect.</summary>
    public static Lease? Find(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            return new Lease(
                root.GetProperty("id").GetString() ?? "",
                root.GetProperty("holder").GetString() ?? "",
                root.GetProperty("activity").GetString() ?? "",
                root.GetProperty("since").GetDateTimeOffset(),
                root.GetProperty("until").GetDateTimeOffset()
            )
            {
                Job = root.TryGetProperty("job", out var job) ? job.GetString() : null,
                Process = root.FindText("process"),
            };
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The value of the parameter.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("leaseVersion", 1);
            json.WriteString("id", Id);
            json.WriteString("holder", Holder);
            json.WriteString("activity", Activity);
            if (Job is not null)
            {
                json.WriteString("job", Job);
            }

            if (Process is not null)
            {
                json.WriteString("process", Process);
            }

            json.WriteString("since", UtcText.Second(Since));
            json.WriteString("until", UtcText.Second(Until));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
