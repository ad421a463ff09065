using System.Diagnostics;
using System.Globalization;
using System.Net;
using Lading.Oci;
using Lading.Testing.Faults;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>
/// Pushes to real registries, whatever networks, proxies and registries do: the registry has every byte afterwards, or
/// the error says why not.
/// </summary>
public sealed class PushingThroughFaults(RealRegistries registries) : IClassFixture<RealRegistries>
{
    private const string Uploads = "/blobs/uploads/";
    private const string Manifests = "/manifests/";

    public static TheoryData<string, int> Statuses =>
        new MatrixTheoryData<string, int>(["docker-registry", "embedded"], [429, 500, 502, 503, 504]);

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_temporary_status_at_every_step(string kind, int status)
    {
        await using var bench = await registries.BenchAsync(kind);
        foreach (var method in new[] { "HEAD", "GET", "POST", "PUT" })
        {
            bench.Server.On(method, "/v2/", e => e.FailAsync((HttpStatusCode)status), times: 1);
        }

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task Many_refusals_without_a_time_to_wait(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, e => e.FailAsync(HttpStatusCode.TooManyRequests), times: 4);
        bench.Server.On("PUT", Manifests, e => e.FailAsync(HttpStatusCode.TooManyRequests), times: 4);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_pause_in_seconds_is_kept_by_all_requests(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On(
            "POST",
            Uploads,
            e => e.FailAsync(HttpStatusCode.TooManyRequests, headers: ("Retry-After", "1")),
            times: 1
        );
        var watch = Stopwatch.StartNew();

        await bench.PushAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_pause_until_a_date_by_a_wrong_clock(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        var now = new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);
        bench.Server.On(
            "PUT",
            Uploads,
            e =>
                e.FailAsync(
                    HttpStatusCode.ServiceUnavailable,
                    headers:
                    [
                        ("Date", now.ToString("r", CultureInfo.InvariantCulture)),
                        ("Retry-After", now.AddSeconds(1).ToString("r", CultureInfo.InvariantCulture)),
                    ]
                ),
            times: 1
        );
        var watch = Stopwatch.StartNew();

        await bench.PushAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_answer_to_a_blob_is_lost(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, LoseAnswerAsync, times: 2);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
        Assert.Equal(bench.Image.Manifest.Blobs.Count(), bench.Server.Count("PUT", Uploads));
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_answer_to_the_manifest_is_lost(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Manifests, LoseAnswerAsync, times: 1);
        bench.Server.On("PUT", Manifests, e => e.DropAsync(), times: 1, skip: 1);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [InlineData("docker-registry", 1)]
    [InlineData("docker-registry", 3)]
    [InlineData("embedded", 1)]
    [InlineData("embedded", 3)]
    public async Task The_connection_breaks_in_the_middle_of_blobs(string kind, int times)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, e => e.DropAfterAsync(700_000), times);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_connection_breaks_after_the_registry_got_a_part(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, CutAsync, times: 2);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_server_closes_before_it_answers(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        foreach (var method in new[] { "HEAD", "GET", "POST", "PUT" })
        {
            bench.Server.On(method, "/v2/", e => e.DropAsync(), times: 2);
        }

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [InlineData("docker-registry", "HEAD")]
    [InlineData("docker-registry", "POST")]
    [InlineData("docker-registry", "PUT")]
    [InlineData("embedded", "PUT")]
    public async Task A_request_hangs(string kind, string method)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.IsImpatient = true;
        bench.Server.On(method, "/v2/", e => e.StallAsync(), times: 1);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_registry_that_fails_for_good_is_abandoned_in_bounded_time(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("POST", Uploads, e => e.FailAsync(HttpStatusCode.InternalServerError, message: "disk on fire"));
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAnyAsync<Exception>(bench.PushAsync);

        Assert.Contains("disk on fire", failure.Message, StringComparison.Ordinal);
        Assert.Contains("tried 6 times", failure.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await bench.AssertNothingStandsAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task An_upload_gets_no_location(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("POST", Uploads, e => e.AnswerAsync(202));

        var failure = await Assert.ThrowsAsync<LadingException>(bench.PushAsync);

        Assert.Contains("Could not start the upload", failure.Message, StringComparison.Ordinal);
        Assert.Contains("202 without Location", failure.Message, StringComparison.Ordinal);
        await bench.AssertNothingStandsAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task An_upload_may_have_a_relative_location(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On(
            "POST",
            Uploads,
            async e =>
            {
                using var answer = await e.AskAsync();
                var told = answer.Headers.Location!;
                var absolute = told.IsAbsoluteUri ? told : new Uri(new Uri("http://x/"), told);
                answer.Headers.Location = new Uri("./" + absolute.PathAndQuery.Split('/')[^1], UriKind.Relative);
                await e.RelayAsync(answer);
            }
        );

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_registry_that_points_uploads_at_others_is_not_followed(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("POST", Uploads, e => e.AnswerAsync(202, "", ("Location", "http://169.254.169.254/latest/")));

        var failure = await Assert.ThrowsAsync<LadingException>(bench.PushAsync);

        Assert.Contains("is not followed", failure.Message, StringComparison.Ordinal);
        await bench.AssertNothingStandsAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_registry_reports_a_wrong_offset(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        // Once: with two, both could hit the same blob, which is restarted only once.
        bench.Server.On("PUT", Uploads, e => e.FailAsync(HttpStatusCode.RequestedRangeNotSatisfiable), times: 1);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_blob_is_corrupted_on_its_way(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, CorruptAsync, times: 1);

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task A_blob_is_always_corrupted_on_its_way(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, CorruptAsync);

        var failure = await Assert.ThrowsAsync<LadingException>(bench.PushAsync);

        Assert.Contains("DIGEST_INVALID", failure.Message, StringComparison.Ordinal);
        await bench.AssertNothingStandsAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_registry_claims_to_have_a_blob_that_it_lacks(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        // It claims to have every blob: none is sent until the manifest names them.
        bench.Server.On("POST", "mount=", e => e.AnswerAsync(201, "", ("Location", e.Request.Path.Value!)));

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_registry_claims_to_have_stored_another_manifest(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        var other = Digest.OfBytes("other"u8).ToString();
        bench.Server.On(
            "PUT",
            Manifests,
            async e =>
            {
                using var answer = await e.AskAsync();
                answer.Headers.Remove("Docker-Content-Digest");
                answer.Headers.TryAddWithoutValidation("Docker-Content-Digest", other);
                await e.RelayAsync(answer);
            }
        );

        var failure = await Assert.ThrowsAsync<LadingException>(bench.PushAsync);

        Assert.Contains(other, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker-registry", 404, "NAME_UNKNOWN", "Create the repository first")]
    [InlineData("docker-registry", 403, "DENIED", "Make sure that these credentials may do this")]
    public async Task A_registry_that_refuses_is_quoted(string kind, int status, string code, string remedy)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("POST", Uploads, e => e.FailAsync((HttpStatusCode)status, code, "the registry's own words"));

        var failure = await Assert.ThrowsAsync<LadingException>(bench.PushAsync);

        Assert.Contains($"{code}: the registry's own words", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
        Assert.Contains(bench.Repository, failure.Attempted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker-registry", 401)]
    [InlineData("docker-registry", 403)]
    [InlineData("docker-registry", 405)]
    [InlineData("embedded", 405)]
    public async Task A_registry_does_not_say_what_it_has(string kind, int status)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("HEAD", "/blobs/", e => e.AnswerAsync(status));
        bench.Server.On("GET", "/tags/list", e => e.AnswerAsync(status));

        await bench.PushAsync();

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task Many_push_the_same_image_at_once(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.PushAsync()));

        await bench.AssertPushedAsync();
    }

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task No_blob_is_ever_sent_in_chunks(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        bench.Server.On("PUT", Uploads, e => e.DropAfterAsync(700_000), times: 2);

        await bench.PushAsync();

        Assert.Equal(0, bench.Server.Count("PATCH", "/v2/"));
    }

    /// <summary>The request arrives; its response is lost.</summary>
    private static async Task LoseAnswerAsync(FaultedRequest exchange)
    {
        (await exchange.AskAsync()).EnsureSuccessStatusCode().Dispose();
        await exchange.DropAsync();
    }

    /// <summary>A part of the blob reaches the registry, then the connection breaks.</summary>
    private static async Task CutAsync(FaultedRequest exchange)
    {
        var part = await exchange.ReadAsync(1_500_000);
        using var answer = await exchange.AskAsync(message =>
        {
            message.Method = HttpMethod.Patch;
            message.Content = new ByteArrayContent(part);
        });
        await exchange.DropAsync();
    }

    private static async Task CorruptAsync(FaultedRequest exchange)
    {
        var bytes = await exchange.ReadAsync(long.MaxValue);
        bytes[bytes.Length / 2] ^= 1;
        using var answer = await exchange.AskAsync(message => message.Content = new ByteArrayContent(bytes));
        await exchange.RelayAsync(answer);
    }
}
