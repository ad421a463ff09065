using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>A repository for doctor to look at, with the test's own programs on the PATH beside the real git.</summary>
internal sealed class ExaminedFolder : IDisposable
{
    private readonly TestFolder programs = new();

    private ExaminedFolder(TestRepository repository) => Repository = repository;

    public TestRepository Repository { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public static async Task<ExaminedFolder> CreateAsync(bool hasGit = true)
    {
        var folder = new ExaminedFolder(await TestRepository.CreateAsync());
        folder.Variables["PATH"] = folder.programs.Path;
        folder.Variables["HOME"] = folder.programs.Path;
        foreach (var program in hasGit ? (string[])["git", "sh", "sleep"] : ["sh", "sleep"])
        {
            File.CreateSymbolicLink(folder.programs.Combine(program), Lading.Processes.ProgramPath.Find(program)!);
        }

        return folder;
    }

    /// <summary>Puts a program on the PATH.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="script">What it does, as a shell script.</param>
    public ExaminedFolder Program(string name, string script)
    {
        var path = programs.Combine(name);
        File.Delete(path);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return this;
    }

    /// <summary>A project with one image that is built from a Dockerfile.</summary>
    public ExaminedFolder Project(string more = "")
    {
        Repository
            .Write("lading.json", $$"""{ "project": "shop", "images": { "web": { "context": "web" } }{{more}} }""")
            .Write("web/Dockerfile", "FROM scratch\nCOPY index.html /\n")
            .Write("web/index.html", "<p>\n");
        return this;
    }

    public Task<ToolRun> DoctorAsync(params IReadOnlyList<string> words) =>
        ToolRun.InAsync(Repository.Folder, Variables, ["doctor", .. words]);

    public void Dispose()
    {
        Repository.Dispose();
        programs.Dispose();
    }
}
