using Lading.Processes;

namespace Lading.Testing;

/// <summary>The program as users have it, which <c>./build pack</c> makes; what was built beside the tests where nobody made it.</summary>
internal static class PackedTool
{
    /// <summary>The program, and what stands before its arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = Find();

    /// <summary>How to start it.</summary>
    public static ProgramCall Call(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        params IReadOnlyList<string> arguments
    ) => new(Command[0], [.. Command.Skip(1), .. arguments]) { WorkingDirectory = folder, Environment = variables };

    private static IReadOnlyList<string> Find()
    {
        var packed = SourceTree.PathOf(
            OperatingSystem.IsWindows() ? "artifacts/program/lading.exe" : "artifacts/program/lading"
        );
        var built = Path.Combine(AppContext.BaseDirectory, "lading.dll");
        if (Environment.GetEnvironmentVariable("LADING_REQUIRE_SERVERS") == "1")
        {
            return File.Exists(packed)
                ? [packed]
                : throw new InvalidOperationException($"{packed} is missing. Make it: ./build pack");
        }

        // In the middle of work the newest code counts.
        return File.Exists(packed) && File.GetLastWriteTimeUtc(packed) > File.GetLastWriteTimeUtc(built)
            ? [packed]
            : ["dotnet", built];
    }
}
