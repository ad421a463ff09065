using System.Text;
using Lading.Locks;
using Lading.Oci;
using Lading.Tests.Configuration;

namespace Lading.Tests.Locks;

public sealed class WritingALock : IDisposable
{
    private static readonly SchemaValidator Schema = SchemaValidator.Of("lock");

    private readonly string root = Directory.CreateTempSubdirectory("lading-locks-").FullName;

    private string LockFilePath => LockPath.For(root, "dev");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_format_is_exact()
    {
        const string revision = "4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0";
        var content = ALock.Of(
            (
                "worker",
                ALock.Index('b', (Platform.LinuxArm64, 'd'), (Platform.LinuxAmd64, 'c')) with
                {
                    FingerprintVersion = 2,
                }
            ),
            ("web", ALock.Image('a', revision))
        );

        Assert.Equal(
            $$"""
            {
              "lockVersion": 2,
              "environment": "dev",
              "images": {
                "web": {
                  "repository": "storefront/image-a",
                  "digest": "sha256:{{new string('a', 64)}}",
                  "fingerprint": "{{new string('a', 64)}}",
                  "fingerprintVersion": 1,
                  "revision": "{{revision}}",
                  "platforms": [
                    "linux/amd64"
                  ]
                },
                "worker": {
                  "repository": "storefront/image-b",
                  "digest": "sha256:{{new string('b', 64)}}",
                  "fingerprint": "{{new string('b', 64)}}",
                  "fingerprintVersion": 2,
                  "revision": null,
                  "platforms": [
                    "linux/amd64",
                    "linux/arm64"
                  ],
                  "manifests": {
                    "linux/amd64": "sha256:{{new string('c', 64)}}",
                    "linux/arm64": "sha256:{{new string('d', 64)}}"
                  }
                }
              }
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(LockWriter.Format(content))
        );
    }

    [Fact]
    public void The_file_matches_its_schema_and_reads_back()
    {
        var content = ALock.Of(
            ("web", ALock.Image('a', new string('e', 40))),
            ("worker", ALock.Index('b', (Platform.LinuxArm64, 'd'), (Platform.LinuxAmd64, 'c'))),
            ("old", ALock.Image('c') with { Manifests = null }),
            ("odd", ALock.Image('d') with { Platforms = [] })
        );

        var bytes = LockWriter.Format(content);
        var back = LockReader.Parse(bytes, "dev.lock.json");

        Assert.True(Schema.IsValid(SchemaValidator.Parse(bytes)), Encoding.UTF8.GetString(bytes));
        Assert.Equal(bytes, LockWriter.Format(back));
        Assert.Equal(2, back.Images["worker"].Manifests!.Count);
        Assert.Empty(back.Images["web"].Manifests!);
        Assert.Null(back.Images["old"].Manifests);
        Assert.Empty(back.Images["odd"].Platforms);
    }

    [Fact]
    public void A_kept_image_of_a_version_1_lock_is_not_assumed_to_be_a_single_manifest()
    {
        var old = LockReader.Parse(
            Encoding.UTF8.GetBytes($$"""{ "lockVersion": 1, "environment": "dev", "images": { {{ALock.Web}} } }"""),
            "dev.lock.json"
        );

        var bytes = LockWriter.Format(ALock.Of(("site", ALock.Image('a'))).Keeping(old, ["site", "web"]));

        Assert.Contains("\"manifests\": null", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Null(LockReader.Parse(bytes, "dev.lock.json").Images["web"].Manifests);
    }

    [Fact]
    public void Names_are_sorted_by_their_bytes()
    {
        var content = ALock.Of(("web", ALock.Image('a')), ("b", ALock.Image('b')), ("web-2", ALock.Image('c')));

        LockFile.Write(LockFilePath, content);

        Assert.Equal(["b", "web", "web-2"], LockFile.Read(LockFilePath).Images.Keys);
    }

    [Fact]
    public void A_lock_reads_back_and_is_written_the_same_again()
    {
        var content = ALock.Of(("web", ALock.Image('a')), ("worker", ALock.Image('b', new string('c', 64))));

        Assert.True(LockFile.Write(LockFilePath, content));
        var bytes = File.ReadAllBytes(LockFilePath);

        Assert.False(LockFile.Write(LockFilePath, LockFile.Read(LockFilePath)));
        Assert.Equal(bytes, File.ReadAllBytes(LockFilePath));
        Assert.Equal(root + "/.lading/dev.lock.json", LockFilePath.Replace('\\', '/'));
    }

    [Fact]
    public void Nothing_but_the_lock_is_left_in_the_folder()
    {
        LockFile.Write(LockFilePath, ALock.Of(("web", ALock.Image('a'))));
        LockFile.Write(LockFilePath, ALock.Of(("web", ALock.Image('b'))));

        Assert.Equal([LockFilePath], FilesBesideGitignore());
    }

    [Fact]
    public void Leftovers_of_a_killed_writer_are_removed_after_a_day_and_nothing_else_is()
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(LockFilePath)!).FullName;
        string[] others = ["other.lock.json.abc.tmp", "dev.lock.json.tmp", "notes.tmp", "web.tar.tmp"];
        foreach (var name in (string[])["dev.lock.json.old.tmp", "dev.lock.json.new.tmp", .. others])
        {
            File.WriteAllText(Path.Combine(folder, name), "half");
            if (!name.Contains("new", StringComparison.Ordinal))
            {
                File.SetLastWriteTimeUtc(
                    Path.Combine(folder, name),
                    TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25)
                );
            }
        }

        LockFile.Write(LockFilePath, ALock.Of(("web", ALock.Image('a'))));

        Assert.Equal(
            ((string[])[".gitignore", "dev.lock.json", "dev.lock.json.new.tmp", .. others]).Order(
                StringComparer.Ordinal
            ),
            Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_reader_sees_a_whole_lock_while_others_write()
    {
        var contents = Enumerable
            .Range(0, 4)
            .Select(number => ALock.Of(("web", ALock.Image((char)('a' + number)))))
            .ToArray();
        LockFile.Write(LockFilePath, contents[0]);

        var writers = contents.Select(content =>
            Task.Run(
                () =>
                {
                    for (var i = 0; i < 25; i++)
                    {
                        LockFile.Write(LockFilePath, content);
                    }
                },
                TestContext.Current.CancellationToken
            )
        );
        var writing = Task.WhenAll(writers);
        do
        {
            Assert.Contains(
                LockFile.Read(LockFilePath).Images["web"].Fingerprint,
                contents.Select(content => content.Images["web"].Fingerprint)
            );
        } while (!writing.IsCompleted);

        await writing;
        Assert.Single(FilesBesideGitignore());
    }

    [Fact]
    public void A_lock_that_cannot_be_written_leaves_the_old_one()
    {
        // A file where the folder should be: not even root can write there.
        File.WriteAllText(Path.Combine(root, ".lading"), "in the way");

        var exception = Assert.Throws<LadingException>(() =>
            LockFile.Write(LockFilePath, ALock.Of(("web", ALock.Image('a'))))
        );

        Assert.StartsWith($"Could not write the lock {LockFilePath}", exception.Message, StringComparison.Ordinal);
        Assert.Equal("in the way", File.ReadAllText(Path.Combine(root, ".lading")));
    }

    [Fact]
    public void A_missing_lock_is_null_to_find_and_an_error_to_read()
    {
        Assert.Null(LockFile.Find(LockFilePath));
        var exception = Assert.Throws<LadingException>(() => LockFile.Read(LockFilePath));
        Assert.Equal(
            "Run 'lading publish --env dev', or 'lading resolve' with the same options if the images are published already.",
            exception.Remedy
        );
    }

    [Fact]
    public void A_lock_with_a_custom_name_is_written_under_that_name()
    {
        var path = Path.Combine(root, "pins.json");

        var missing = Assert.Throws<LadingException>(() => LockFile.Read(path));
        File.WriteAllText(path, "{");
        var broken = Assert.Throws<LadingException>(() => LockFile.Read(path));

        Assert.StartsWith($"Run 'lading publish --env … --lock {path}', or", missing.Remedy, StringComparison.Ordinal);
        Assert.Equal($"Run 'lading resolve --env … --lock {path}' to write it again.", broken.Remedy);
    }

    // The folder has its own .gitignore, which ignores all of it.
    private IEnumerable<string> FilesBesideGitignore() =>
        Directory.GetFiles(Path.GetDirectoryName(LockFilePath)!).Where(file => Path.GetFileName(file) != ".gitignore");
}
