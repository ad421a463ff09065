using Lading.Processes;

namespace Lading.Testing;

/// <summary>The program that <c>./build pack</c> makes for users, or what was built beside the tests.</summary>
internal static class PackedTool
{
    private static readonly string Packed = SourceTree.PathOf(
        OperatingSystem.IsWindows() ? "artifacts/program/lading.exe" : "artifacts/program/lading"
    );

    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "lading.dll");

    /// <summary>The program, and what precedes its arguments.</summary>
    public static IReadOnlyList<string> Command =>
        Environment.GetEnvironmentVariable("LADING_REQUIRE_SERVERS") != "1" ? Newest
        : File.Exists(Packed) ? [Packed]
        : throw new InvalidOperationException($"{Packed} is missing. Make it: ./build pack");

    /// <summary>
    /// The packed program if it is the newest, as in CI; during development, what was built beside the tests.
    /// </summary>
    public static IReadOnlyList<string> Newest =>
        File.Exists(Packed) && File.GetLastWriteTimeUtc(Packed) > File.GetLastWriteTimeUtc(Built)
            ? [Packed]
            : ["dotnet", Built];

    /// <summary>The call that starts it.</summary>
    public static ProgramCall Call(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        params IReadOnlyList<string> arguments
    ) => new(Command[0], [.. Command.Skip(1), .. arguments]) { WorkingDirectory = folder, Environment = variables };
}
