using Lading.Testing;

namespace Lading.Tests.Registry;

/// <summary>A program on this process's PATH until it is disposed.</summary>
internal sealed class HelperOnPath : IDisposable
{
    private readonly TestFolder folder = new();

    public HelperOnPath(string name, string script)
    {
        var file = folder.Combine(name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Path = $"{Path}{System.IO.Path.PathSeparator}{folder.Path}";
    }

    private static string Path
    {
        get => Environment.GetEnvironmentVariable("PATH") ?? "";
        set => Environment.SetEnvironmentVariable("PATH", value);
    }

    public void Dispose()
    {
        Path = Path.Replace($"{System.IO.Path.PathSeparator}{folder.Path}", "", StringComparison.Ordinal);
        folder.Dispose();
    }
}
