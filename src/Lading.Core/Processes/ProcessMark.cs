using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lading.Processes;

/// <summary>
/// Identifies the owner process in the name of a file or folder: this distinguishes the files of a killed process from those of a
/// running one.
/// </summary>
/// <param name="Id">The number of the process.</param>
/// <param name="Space">The scope of that number, 8 hex digits: a machine, and a container on it.</param>
internal sealed partial record ProcessMark(int Id, string Space)
{
    /// <summary>
    /// How long the files of a process elsewhere are left alone: no run takes as long, since its time limits are 40
    /// days at most.
    /// </summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromDays(90);

    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);

    /// <summary>The mark of this process.</summary>
    public static ProcessMark Own { get; } = new(Environment.ProcessId, ReadSpace());

    /// <summary>
    /// Whether the process is on another machine or in another container, where it cannot be looked up.
    /// </summary>
    public bool IsElsewhere => Space != Own.Space;

    /// <summary>The mark in a name; null if it has none.</summary>
    public static ProcessMark? Find(string name) =>
        Mark().Match(name) is { Success: true } match
            ? new ProcessMark(
                int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture),
                match.Groups["space"].Value
            )
            : null;

    /// <summary>
    /// Whether the process has certainly ended. False for one on another machine or in another container, which cannot be
    /// checked.
    /// </summary>
    /// <param name="created">When the marked file was created (UTC): a process that started later merely has the same
    /// number.</param>
    public bool HasEnded(DateTime created)
    {
        if (IsElsewhere)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(Id);
            return process.HasExited || process.StartTime.ToUniversalTime() > created + Jitter;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It belongs to another user, and is unreadable.
            return false;
        }
    }

    /// <summary>The form in names: <c>p1234s0a1b2c3d</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p{Id}s{Space}");

    /// <summary>Process numbers belong to a machine, and on Linux to a namespace on it (pid_namespaces(7)).</summary>
    private static string ReadSpace()
    {
        var space = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "";
        return HashOf($"{Environment.MachineName}\n{space}").ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// FNV-1a is enough to distinguish machines: the system's hash library takes as long to load as git takes to start, and every verb
    /// would wait for it.
    /// </summary>
    private static uint HashOf(string text)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ octet) * 16777619u);
        }

        return hash;
    }

    [GeneratedRegex(
        @"(?:^|-)p(?<id>\d{1,9})s(?<space>[0-9a-f]{8})-",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Mark();
}
