// The 'lading' that an SDK before 10 installs: such an SDK cannot install the program for its platform.
Console.Error.WriteLine(
    "Could not start lading: the .NET tool Lading needs the .NET SDK 10, and an older one installed it here.\n"
        + "Do one of these:\n"
        + "  install the SDK 10, then 'dotnet tool uninstall Lading' and 'dotnet tool install Lading'\n"
        + "  npm install --save-dev lading, then 'npx lading': the same program, and it needs no .NET\n"
        + "  unpack the archive of your platform from the release into a folder of the PATH"
);
return 1;
