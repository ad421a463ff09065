using Lading.Processes;

namespace Lading.Testing;

/// <summary>The program as users have it, which <c>./build pack</c> makes; what was built beside the tests where nobody made it.</summary>
internal static class PackedTool
{
    private static readonly string Packed = SourceTree.PathOf(
        OperatingSystem.IsWindows() ? "artifacts/program/lading.exe" : "artifacts/program/lading"
    );

    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "lading.dll");

    /// <summary>The program, and what stands before its arguments.</summary>
    public static IReadOnlyList<string> Command =>
        Environment.GetEnvironmentVariable("LADING_REQUIRE_SERVERS") != "1" ? Newest
        : File.Exists(Packed) ? [Packed]
        : throw new InvalidOperationException($"{Packed} is missing. Make it: ./build pack");

    /// <summary>The same where it has the newest code, as in CI; in the middle of work, what was built beside the tests.</summary>
    public static IReadOnlyList<string> Newest =>
        File.Exists(Packed) && File.GetLastWriteTimeUtc(Packed) > File.GetLastWriteTimeUtc(Built)
            ? [Packed]
            : ["dotnet", Built];

    /// <summary>How to start it.</summary>
    public static ProgramCall Call(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        params IReadOnlyList<string> arguments
    ) => new(Command[0], [.. Command.Skip(1), .. arguments]) { WorkingDirectory = folder, Environment = variables };
}
