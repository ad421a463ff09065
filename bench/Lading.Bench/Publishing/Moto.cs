using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lading.Processes;

namespace Lading.Bench.Publishing;

/// <summary>moto, a stand-in for AWS, on a free loopback port.</summary>
internal sealed class Moto : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string Region = "eu-west-1";
    private const string Ready = "Running on http";
    private readonly RunningProgram program;
    private readonly HttpClient http;

    private Moto(RunningProgram program, Uri address)
    {
        this.program = program;
        http = new HttpClient { BaseAddress = address };
        Address = address;
    }

    public Uri Address { get; }

    /// <exception cref="InvalidOperationException">It is not installed, or did not start.</exception>
    public static async Task<Moto> StartAsync(CancellationToken cancellationToken)
    {
        var call = new ProgramCall("python3", "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0");
        var program = RunningProgram.Start(call);
        var said = new StringBuilder();
        var reader = new StreamReader(program.Error);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            said.AppendLine(line);
            var at = line.IndexOf(Ready, StringComparison.Ordinal);
            if (at >= 0)
            {
                // Its log of requests is read and dropped, so that it does not block on a full pipe.
                _ = reader.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Moto(program, new Uri(line[(at + "Running on ".Length)..].Trim()));
            }
        }

        await program.DisposeAsync();
        throw new InvalidOperationException($"moto did not start (python3 -m pip install 'moto[server]'): {said}");
    }

    /// <summary>Environment variables that make an AWS client call an endpoint and nothing else.</summary>
    public static IReadOnlyDictionary<string, string?> VariablesFor(Uri endpoint) =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_REGION"] = Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };

    public Task CreateRepositoryAsync(string repository, CancellationToken cancellationToken) =>
        SendAsync("CreateRepository", json => json.WriteString("repositoryName", repository), cancellationToken);

    /// <summary>Puts a manifest under a tag; its layers need not exist.</summary>
    public Task PutImageAsync(string repository, string tag, string content, CancellationToken cancellationToken) =>
        SendAsync(
            "PutImage",
            json =>
            {
                json.WriteString("repositoryName", repository);
                json.WriteString("imageTag", tag);
                json.WriteString("imageManifest", Manifest(content));
                json.WriteString("imageManifestMediaType", "application/vnd.oci.image.manifest.v1+json");
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await program.DisposeAsync();
    }

    /// <summary>One image per content; no blob has its digests.</summary>
    private static string Manifest(string content)
    {
        var digest = Oci.Digest.OfBytes(Encoding.UTF8.GetBytes(content));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{digest}}","size":2},"layers":[]}"""
        );
    }

    private async Task SendAsync(string operation, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, "/");
        message.Content = new ByteArrayContent(body.ToArray());
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        message.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=testing/20260101/{Region}/ecr/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var response = await http.SendAsync(message, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"{operation}: {await response.Content.ReadAsStringAsync(cancellationToken)}"
            );
        }
    }
}
