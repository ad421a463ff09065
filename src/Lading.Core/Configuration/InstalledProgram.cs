namespace Lading.Configuration;

/// <summary>The running program: its version, and the command that updates it.</summary>
/// <param name="Version">Three numbers.</param>
/// <param name="Path">Its absolute path: the program itself, or its library if the .NET runtime starts it.</param>
internal sealed record InstalledProgram(Version Version, string Path)
{
    /// <summary>The running program.</summary>
    public static InstalledProgram Current { get; } =
        new(
            typeof(InstalledProgram).Assembly.GetName().Version ?? new Version(0, 0, 0),
            PathOf(Environment.ProcessPath ?? "", AppContext.BaseDirectory)
        );

    /// <summary>How to get a newer one, depending on how this one was installed.</summary>
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

    /// <summary>If the runtime starts the program, the program's own folder counts.</summary>
    private static string PathOf(string process, string folder) =>
        System.IO.Path.GetFileNameWithoutExtension(process) is "dotnet" or "" ? folder : process;
}
