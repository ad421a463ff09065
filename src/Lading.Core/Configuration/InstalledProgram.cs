namespace Lading.Configuration;

/// <summary>The running program: its version, and the command that updates it.</summary>
/// <param name="Version">Three numbers.</param>
/// <param name="Path">Its absolute path; that of its folder if the .NET runtime starts it.</param>
internal sealed record InstalledProgram(Version Version, string Path)
{
    /// <summary>The running program.</summary>
    public static InstalledProgram Current { get; } =
        new(
            typeof(InstalledProgram).Assembly.GetName().Version ?? new Version(0, 0, 0),
            PathOf(Environment.ProcessPath ?? "", AppContext.BaseDirectory)
        );

    /// <summary>The command that updates it, depending on how it was installed.</summary>
    public string Update
    {
        get
        {
            var path = Path.Replace('\\', '/');
            return Has("/lib/node_modules/") || Has("/npm/node_modules/") ? "npm install --global lading@latest"
                : Has("/node_modules/") ? "npm install --save-dev lading@latest"
                : Has("/.dotnet/tools/") ? "dotnet tool update --global Lading"
                : Has("/.nuget/packages/lading") ? "dotnet tool update Lading"
                : path is "/usr/bin/lading" or "/usr/bin/lading-docker"
                    ? "apt-get install ./lading_VERSION_ARCH.deb, with the package of a newer release"
                : $"replace {Path} with the program of a newer release";

            bool Has(string part) => path.Contains(part, StringComparison.OrdinalIgnoreCase);
        }
    }

    public string Number => Version.ToString(3);

    /// <summary>The program's path; its folder if the .NET runtime starts it.</summary>
    private static string PathOf(string process, string folder) =>
        System.IO.Path.GetFileNameWithoutExtension(process) is "dotnet" or "" ? folder : process;
}
