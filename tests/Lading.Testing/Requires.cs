using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// What a test needs on the machine. If it is missing, the test is skipped with the reason and the remedy; with
/// <c>LADING_REQUIRE_SERVERS=1</c>, which CI sets, it fails.
/// </summary>
internal static class Requires
{
    public static void DockerRegistry() => Debian("docker-registry");

    public static void Skopeo() => Debian("skopeo");

    public static void Umoci() => Debian("umoci");

    public static void Node() => Program("node", "Install Node 20 or later: https://nodejs.org");

    public static void Chromium() => Debian("chromium");

    public static void Buildah() => Debian("buildah");

    public static void Podman() => Debian("podman");

    /// <summary>moto, the stand-in for AWS, is a module of the <c>python3</c> on the PATH.</summary>
    public static async Task MotoAsync()
    {
        const string Remedy = "Install it: python3 -m pip install 'moto[server]'";
        Program("python3", "Install Python 3.");
        var found = await ProgramRunner.RunAsync(
            new ProgramCall("python3", "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('moto') is None)"),
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        if (found.ExitCode != 0)
        {
            Missing("the Python module 'moto' is not installed", Remedy);
        }
    }

    /// <summary>A program from a Debian package, which has the same name by default.</summary>
    public static void Debian(string program, string? package = null) =>
        Program(program, $"Install it: apt-get install {package ?? program}");

    public static void Program(string program, string remedy)
    {
        if (OnPath(program) is null)
        {
            Missing($"'{program}' is not installed", remedy);
        }
    }

    /// <summary>Skips the test; with <c>LADING_REQUIRE_SERVERS=1</c>, fails it.</summary>
    public static void Missing(string reason, string remedy)
    {
        var words = remedy.Length == 0 ? reason : $"{reason}. {remedy}";
        if (Environment.GetEnvironmentVariable("LADING_REQUIRE_SERVERS") == "1")
        {
            Assert.Fail(words);
        }

        Assert.Skip(words);
    }

    /// <summary>The path of a program; null if it is neither on the PATH nor in <c>/usr/sbin</c>.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
