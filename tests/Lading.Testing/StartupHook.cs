// The runtime looks for this name, outside of any namespace (dotnet/runtime, "Host startup hook").
#pragma warning disable CA1050, MA0047, RCS1110, CA1515

/// <summary>
/// Records which assemblies a program loads. The runtime calls it before the program's own <c>Main</c>.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable that names the file to write.</summary>
    public const string Variable = "LOADED_ASSEMBLIES_FILE";

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllLines(
                    file,
                    AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name ?? "")
                );
        }
    }
}
