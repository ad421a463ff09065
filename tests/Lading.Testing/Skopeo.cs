using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>skopeo, another client of registries, layouts and archives.</summary>
internal static class Skopeo
{
    /// <summary>Copies an image, which must succeed, without verifying TLS.</summary>
    public static Task CopyAsync(string source, string target, params IReadOnlyList<string> options) =>
        RunAsync("copy", ["--src-tls-verify=false", "--dest-tls-verify=false", .. options, source, target]);

    /// <summary>The digest of an image.</summary>
    public static async Task<string> DigestAsync(string image) =>
        (await RunAsync("inspect", ["--tls-verify=false", "--format", "{{.Digest}}", image])).Trim();

    private static async Task<string> RunAsync(string verb, IReadOnlyList<string> arguments)
    {
        Requires.Skopeo();
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("skopeo", ["--insecure-policy", verb, .. arguments]),
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Text;
    }
}
