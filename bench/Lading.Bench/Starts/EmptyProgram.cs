using Lading.Processes;

namespace Lading.Bench.Starts;

/// <summary>A native program that does nothing, compiled like Lading: what the runtime alone takes to start.</summary>
internal static class EmptyProgram
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Compiles it if necessary; null if this machine has no linker.</summary>
    public static async Task<string?> FindAsync(string cache, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(cache, "empty");
        var program = Path.Combine(folder, "out", "empty");
        if (File.Exists(program))
        {
            return program;
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "empty.csproj"), Project, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "return 0;\n", cancellationToken);
        var call = new ProgramCall(
            "dotnet",
            "publish",
            "--use-current-runtime",
            "--output",
            "out",
            "--verbosity",
            "quiet"
        )
        {
            WorkingDirectory = folder,
        };
        var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
        return result.ExitCode == 0 && File.Exists(program) ? program : null;
    }
}
