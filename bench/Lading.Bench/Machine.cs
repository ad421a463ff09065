using System.Globalization;
using System.Runtime.InteropServices;

namespace Lading.Bench;

/// <summary>The machine in general terms.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {memory:0} GB, {OperatingSystemName()}"
        );
    }

    private static string OperatingSystemName()
    {
        const string Release = "/etc/os-release";
        var pretty = File.Exists(Release)
            ? File.ReadLines(Release).FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            : null;
        return pretty?["PRETTY_NAME=".Length..].Trim('"') ?? RuntimeInformation.OSDescription;
    }
}
